//! Responsible for: a maximum flow in a small directed network, and the source side of its minimum cut.
//! Not responsible for: what the network means.

/// A network with integer capacities. Dinic's algorithm (1970): shortest augmenting paths, level by level.
#[derive(Debug, Default)]
pub(super) struct Network {
    head: Vec<u32>,
    room: Vec<i64>,
    start: Vec<u32>,
    order: Vec<u32>,
    level: Vec<u32>,
    cursor: Vec<u32>,
}

/// More than any sum of capacities used here.
pub(super) const UNLIMITED: i64 = i64::MAX / 4;

const UNSEEN: u32 = u32::MAX;

impl Network {
    /// Adds an edge; edges 2k and 2k+1 are each other's reverse.
    pub(super) fn edge(&mut self, from: usize, to: usize, capacity: i64) {
        self.head.push(to as u32);
        self.room.push(capacity);
        self.head.push(from as u32);
        self.room.push(0);
    }

    /// Pushes as much as possible from `source` to `sink` and marks the nodes still reachable from the source.
    /// `nodes` is the number of nodes; every edge must lie between them.
    pub(super) fn source_side(&mut self, nodes: usize, source: usize, sink: usize) -> Vec<bool> {
        self.arrange(nodes);
        while self.layer(nodes, source, sink) {
            self.cursor.clear();
            self.cursor
                .extend_from_slice(self.start.get(..nodes).unwrap_or(&[]));
            self.block(source, sink);
        }
        self.level.iter().map(|level| *level != UNSEEN).collect()
    }

    /// Sorts the edges by the node they leave.
    fn arrange(&mut self, nodes: usize) {
        self.start = vec![0; nodes + 1];
        for edge in 0..self.head.len() {
            let tail = self.tail(edge);
            self.start[tail + 1] += 1;
        }
        for node in 0..nodes {
            self.start[node + 1] += self.start[node];
        }
        let mut next = self.start.clone();
        self.order = vec![0; self.head.len()];
        for edge in 0..self.head.len() {
            let tail = self.tail(edge);
            self.order[next[tail] as usize] = edge as u32;
            next[tail] += 1;
        }
    }

    fn tail(&self, edge: usize) -> usize {
        self.head[edge ^ 1] as usize
    }

    /// Distances from the source in the residual network; true if the sink can be reached.
    fn layer(&mut self, nodes: usize, source: usize, sink: usize) -> bool {
        self.level.clear();
        self.level.resize(nodes, UNSEEN);
        self.level[source] = 0;
        let mut queue = vec![source as u32];
        let mut next = 0;
        while next < queue.len() {
            let node = queue[next] as usize;
            next += 1;
            for place in self.start[node]..self.start[node + 1] {
                let edge = self.order[place as usize] as usize;
                let to = self.head[edge] as usize;
                if self.room[edge] > 0 && self.level[to] == UNSEEN {
                    self.level[to] = self.level[node] + 1;
                    queue.push(to as u32);
                }
            }
        }
        self.level[sink] != UNSEEN
    }

    /// A blocking flow along the layers, depth first without recursion.
    fn block(&mut self, source: usize, sink: usize) {
        let mut path: Vec<usize> = Vec::new();
        let mut node = source;
        loop {
            if node == sink {
                let pushed = path.iter().map(|edge| self.room[*edge]).min().unwrap_or(0);
                let mut back_to = 0;
                for (step, &edge) in path.iter().enumerate().rev() {
                    self.room[edge] -= pushed;
                    self.room[edge ^ 1] += pushed;
                    if self.room[edge] == 0 {
                        back_to = step;
                    }
                }
                path.truncate(back_to + 1);
                node = path.pop().map_or(source, |edge| self.tail(edge));
                continue;
            }
            if let Some(edge) = self.forward(node) {
                path.push(edge);
                node = self.head[edge] as usize;
            } else {
                let Some(edge) = path.pop() else { return };
                node = self.tail(edge);
                self.cursor[node] += 1;
            }
        }
    }

    /// The next edge of `node` that leads one layer on.
    fn forward(&mut self, node: usize) -> Option<usize> {
        while self.cursor[node] < self.start[node + 1] {
            let edge = self.order[self.cursor[node] as usize] as usize;
            let to = self.head[edge] as usize;
            if self.room[edge] > 0 && self.level[to] == self.level[node] + 1 {
                return Some(edge);
            }
            self.cursor[node] += 1;
        }
        None
    }
}
