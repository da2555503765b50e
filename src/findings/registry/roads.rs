//! `R…`: road distances: the routing server, its answers kept, the estimate's fit.

use super::super::Severity::{Error, Note, Warning};
use super::{Entry, say};

const SERVER: (&str, &str) = (
    "see that the server runs and [travel] url is right, then plan again",
    "确认路线服务器运行正常、[travel] url 无误后重新排程",
);

pub(super) const ENTRIES: &[Entry] = &[
    say(
        "R001",
        Warning,
        (
            "the routing server {url} does not answer ({message}): {drives} drives are estimated",
            "路线服务器 {url} 无应答（{message}）：{drives}段路程改用估算",
        ),
        (
            "it is not running, too slow, or not to be reached from here",
            "服务器未运行、过慢或无法连接",
        ),
        SERVER,
    ),
    say(
        "R002",
        Warning,
        (
            "the routing server {url} refuses ({message}): {drives} drives are estimated",
            "路线服务器 {url} 拒绝请求（{message}）：{drives}段路程改用估算",
        ),
        (
            "another profile, a service it does not offer, or its own limits",
            "profile 不符、不提供该服务或超出其限制",
        ),
        (
            "check [travel] profile and max_table_size against the server",
            "核对 [travel] 的 profile 和 max_table_size",
        ),
    ),
    say(
        "R003",
        Warning,
        (
            "what {url} answers is no table of roads ({message}): {drives} drives are estimated",
            "{url} 返回的不是路程表（{message}）：{drives}段路程改用估算",
        ),
        (
            "another program answers there, or one in between",
            "该地址由其他程序或中间代理应答",
        ),
        SERVER,
    ),
    say(
        "R004",
        Warning,
        (
            "{count} places lie farther than {limit} m from the server's next road and are estimated: {places}",
            "{count}个地点距最近道路超过{limit}米，改用估算：{places}",
        ),
        (
            "wrong coordinates or datum, or the server's map lacks the road or the region",
            "坐标或坐标系有误，或服务器地图缺少道路或地区",
        ),
        (
            "check lon, lat and [place] datum; raise [travel] snap_m where it is right",
            "核对经纬度和 [place] datum；若无误可调大 [travel] snap_m",
        ),
    ),
    say(
        "R005",
        Warning,
        (
            "the routing server knows no road for {count} drives, as {from} → {to}; they are estimated",
            "路线服务器有{count}段路程无路可通（如 {from} → {to}），改用估算",
        ),
        (
            "the two places are not connected on the server's map",
            "服务器地图上两地不连通",
        ),
        (
            "give the drive in matrix.csv where it is known",
            "如知实际路程，可写入 matrix.csv",
        ),
    ),
    say(
        "R006",
        Note,
        (
            "the routing server {url} takes no more than {size} places at a time",
            "路线服务器 {url} 每次最多接受{size}个地点",
        ),
        (
            "its limit is lower than [travel] max_table_size",
            "其上限低于 [travel] max_table_size",
        ),
        (
            "set max_table_size to it, or start the server with a higher one",
            "调低 max_table_size，或提高服务器上限",
        ),
    ),
    say(
        "R007",
        Warning,
        (
            "{file} cannot be used (line {line}): drives are asked for again",
            "{file} 无法使用（第 {line} 行）：重新查询路程",
        ),
        ("it was edited or cut off", "文件被改动或不完整"),
        (
            "nothing; delete it any time to have all drives asked for again",
            "无需处理；随时可删除以重新查询",
        ),
    ),
    say(
        "R008",
        Warning,
        (
            "the routing server's answer cannot be for {count} drives, as {from} → {to}; they are estimated",
            "路线服务器对{count}段路程的答复不合理（如 {from} → {to}），改用估算",
        ),
        (
            "shorter than the straight line, or faster than 200 km/h",
            "短于直线距离，或时速超过200公里",
        ),
        (
            "check the server's map and profile, then delete travel-cache.csv and plan again",
            "核对服务器地图和 profile，删除 travel-cache.csv 后重新排程",
        ),
    ),
    say(
        "R009",
        Warning,
        (
            "{drives} drives would take more than {requests} requests and are estimated",
            "{drives}段路程需超过{requests}次请求，改用估算",
        ),
        (
            "many places, and few of them in a request",
            "地点很多而每次请求的地点很少",
        ),
        (
            "plan again (what was answered is kept), or raise max_table_size there and in [travel]",
            "再次排程（已得答复会保留），或同时调大服务器与 [travel] 的 max_table_size",
        ),
    ),
    say(
        "R010",
        Warning,
        (
            "estimated, not measured: {legs} of {all_legs} drives between depot and points, {customers} of {all_customers} from customers' places",
            "估算而非实测：门店与服务点之间{all_legs}段中的{legs}段，客户至服务点{all_customers}段中的{customers}段",
        ),
        (
            "matrix.csv or the routing server has no drive for them",
            "matrix.csv 或路线服务器没有这些路程",
        ),
        (
            "times of estimated drives may be off by a quarter: leave slack, or measure them",
            "估算时间误差可达四分之一：请留余量或补测",
        ),
    ),
    say(
        "R011",
        Warning,
        (
            "{file} could not be written ({message}): the drives are asked for again next time",
            "{file} 无法写入（{message}）：下次将重新查询",
        ),
        (
            "the disk is full, read-only, or another program holds the file",
            "磁盘已满、只读或文件被占用",
        ),
        ("free space or close the program", "清理空间或关闭占用程序"),
    ),
    say(
        "R012",
        Error,
        (
            "{count} measured drives are too few to fit the estimate by; {least} are needed",
            "实测路程仅{count}段，不足以校准估算（至少{least}段）",
        ),
        (
            "matrix.csv is empty or names other places, or the server answered too little",
            "matrix.csv 为空或地点不符，或服务器答复太少",
        ),
        (
            "fill matrix.csv (from, to, km, minutes), or give --osrm URL",
            "补充 matrix.csv（from、to、km、minutes），或使用 --osrm URL",
        ),
    ),
];
