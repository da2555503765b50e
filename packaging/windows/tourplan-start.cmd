@echo off
rem A double click in a workspace: where the month stands and what to do next, then the newest plan.
rem tourplan init puts this file into every new workspace. It changes nothing.
setlocal
chcp 65001 >nul
cd /d "%~dp0"
set "TOURPLAN=tourplan.exe"
if exist "%~dp0tourplan.exe" set "TOURPLAN=%~dp0tourplan.exe"
where /q tourplan.exe
if errorlevel 1 if not exist "%~dp0tourplan.exe" (
  echo tourplan.exe was not found: put it into this folder, or into a folder of the PATH.
  echo 找不到 tourplan.exe：请放到本文件夹，或放到 PATH 中的文件夹。
  pause
  exit /b 3
)
"%TOURPLAN%"
set "STATUS=%ERRORLEVEL%"
set "PAGE="
for /f "delims=" %%d in ('dir /b /ad /o-n "plans\20??-??" 2^>nul') do (
  if not defined PAGE if exist "plans\%%d\index.html" set "PAGE=plans\%%d\index.html"
)
if defined PAGE start "" "%PAGE%"
pause
exit /b %STATUS%
