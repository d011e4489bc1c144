"""A worker of the process tier that has got ready, and forks others instead of serving.

``warm_workers.py`` starts it, with the program of a worker, its settings and a control socket.
"""

import json
import os
import sys

_ROOM, _HANDLES = 1 << 16, 32
_CLONE, _SIBLING, _SIZE = 435, 0x8000, 64
_dup = os.dup


def _forks_until_it_is_a_worker(descriptor):
    """Stand in for ``os.dup``, with which a worker that has got ready takes hold of its line."""
    os.dup = _dup
    loaded = {*sys.modules}
    import _socket
    import ctypes
    from contextlib import suppress

    python = ctypes.PyDLL(None)
    # A worker is the child of a grader, and not of this process.
    asked = (ctypes.c_uint64 * (_SIZE // 8))(_SIBLING)
    control = _socket.socket(fileno=int(_control))
    while True:
        order, passed, _, _ = control.recvmsg(_ROOM, _HANDLES)
        if not order:
            os._exit(0)
        handles = passed[0][2]
        half = len(handles) // 2
        line, reply = (int.from_bytes(n, sys.byteorder) for n in (handles[:half], handles[half:]))
        python.PyOS_BeforeFork()
        worker = python.syscall(_CLONE, asked, ctypes.c_size_t(_SIZE))
        if worker == 0:
            break
        python.PyOS_AfterFork_Parent()
        if worker < 0:
            # Not every system lets this be done: whoever asked starts Python instead.
            os._exit(1)
        # Whoever asked may have been killed.
        with suppress(OSError):
            os.write(reply, b"%d" % worker)
        os.close(reply)
        os.close(line)
    python.PyOS_AfterFork_Child()
    control.close()
    os.close(reply)
    os.setsid()
    for number in (0, 1):
        os.dup2(line, number)
    os.close(line)
    order = json.loads(order)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    for name in sys.modules.keys() - loaded:
        del sys.modules[name]
    return _dup(descriptor)


if __name__ == "__main__":
    _, _program, _settings, _control = sys.argv
    sys.argv[:] = [_program, _settings]
    os.dup = _forks_until_it_is_a_worker
    # Nothing but what a worker loads is loaded here.
    with open(_program, "rb") as file:  # noqa: PTH123
        source = file.read()
    exec(compile(source, _program, "exec"), {"__name__": "__main__", "__file__": _program})
