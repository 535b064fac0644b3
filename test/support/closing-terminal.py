"""Runs a command on a terminal of its own, and closes the terminal once it has shown a text.

usage: closing-terminal.py TEXT COMMAND ARGUMENT...; exits as the command does, 128 + n where signal n has killed it
"""
import os
import pty
import sys

text, command = sys.argv[1].encode(), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
seen = b""
while text not in seen:
    try:
        read = os.read(terminal, 4096)
    except OSError:
        break
    if not read:
        break
    seen += read
os.close(terminal)
_, status = os.waitpid(child, 0)
sys.exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
