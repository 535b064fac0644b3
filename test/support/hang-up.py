"""Runs a command on a terminal of its own, and closes the terminal when its own stdin ends.

usage: hang-up.py COMMAND ARGUMENT...; exits as the command does, 128 + n where signal n has killed it
"""
import os
import pty
import select
import sys

started, starting = os.pipe()
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
# The child's end closes when the command takes its place: before that there is nothing to hang up.
os.close(starting)
os.read(started, 1)
while True:
    ready, _, _ = select.select([terminal, 0], [], [])
    if 0 in ready:
        break
    try:
        if not os.read(terminal, 4096):
            break
    except OSError:
        break
os.close(terminal)
_, status = os.waitpid(child, 0)
sys.exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
