"""Workers of the hardened tier: forks of a clean process that lives inside bubblewrap."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from balancegame.grading.isolation import system_calls
from balancegame.grading.isolation.channel import Channel, InfrastructureFault
from balancegame.grading.isolation.environment import ENVIRONMENT
from balancegame.grading.isolation.library import PACKAGE, Library
from balancegame.grading.isolation.shared_libraries import linked_to
from balancegame.grading.isolation.warm_files import listed, warm

_LIBRARY = "/library"
_PRELOADED = ("fractions",)
_BESIDE = {"numpy": ("numpy", "balancegame.games.normal_form"), "sympy": ("sympy",)}
_START_SECONDS = 60.0
_FORK_SECONDS = 20.0
# To copy what is larger takes longer than hundreds of workers take for one mount more.
_LARGE = 4 << 20
_AHEAD = 1
_SYSTEM_LIBRARIES = ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64")
# What is installed beside Python's own library, and the tests of that library.
_HIDDEN = ("site-packages", "dist-packages", "test")
_LOCALE = Path("/usr/lib/locale/C.utf8")
_PROGRAM = Path(sys.executable).resolve()


class Forks:
    """The workers that a process inside bubblewrap forks, ordered over its control socket."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self._ordered: deque[socket.socket] = deque()

    def start(self, ahead: int = _AHEAD) -> Fork:
        """Return a fresh worker, and order some for those who come next."""
        try:
            while len(self._ordered) <= ahead:
                self._ordered.append(self._order())
            ours = self._ordered.popleft()
            return Fork(Channel(ours), _receive_handle(ours))
        except OSError as error:
            raise InfrastructureFault(f"no worker could be forked: {error}") from error

    def close(self) -> None:
        """Order no more; workers that nobody has taken end."""
        for line in self._ordered:
            line.close()
        self.control.close()

    def _order(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.control, [b"f"], [theirs.fileno()])
        return ours


class ForkServer(Forks):
    """A clean process inside bubblewrap that forks workers.

    Nothing of site-packages but the opened library is mounted. What its workers are expected to
    import, and would take long to, is imported once beforehand. Several processes may order workers
    over its ``control`` socket at the same time.
    """

    def __init__(self, opened: Library, expected: frozenset[str] = frozenset()) -> None:
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(control)
        try:
            with theirs, closing(_Copies()) as copies:
                self._popen = subprocess.Popen(
                    _command(opened, expected, theirs.fileno(), copies),
                    pass_fds=[theirs.fileno(), *copies.descriptors],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    env={},
                    process_group=0,
                )
        except OSError as error:
            self.control.close()
            raise InfrastructureFault(f"no sandbox could be started: {error}") from error
        # While the sandbox starts: this takes as long.
        for folder in _python_folders():
            warm(str(folder), frozenset(_HIDDEN))
        packages = (path for _, path in opened.packages)
        for place in (*packages, *opened.own_files, *large_libraries(opened).values()):
            warm(str(place))
        self._is_ready = False

    def start(self, ahead: int = _AHEAD) -> Fork:
        """Return a fresh worker; the first one comes when the sandbox has started."""
        if not self._is_ready:
            self._await()
        return super().start(ahead)

    def _await(self) -> None:
        self.control.settimeout(_START_SECONDS)
        ready = b""
        with suppress(OSError):
            ready = self.control.recv(1)
        if not ready:
            self._kill()
            said = self._popen.communicate()[1].decode(errors="replace").strip().splitlines()
            self.close()
            raise InfrastructureFault(f"no sandbox could be started: {' '.join(said[-1:])}")
        self._is_ready = True

    def close(self) -> None:
        """End it with all its workers."""
        super().close()
        self._kill()
        self._popen.wait()
        if self._popen.stderr is not None:
            self._popen.stderr.close()

    def _kill(self) -> None:
        # If bubblewrap alone is killed while it starts, what it has forked waits for it for ever,
        # and whoever orders a worker waits for that.
        if self._popen.poll() is None:
            os.killpg(self._popen.pid, signal.SIGKILL)


@dataclass(frozen=True)
class Fork:
    """One worker."""

    channel: Channel
    handle: int

    @property
    def process(self) -> int:
        """The number of its process, as it is seen from here."""
        about = Path(f"/proc/self/fdinfo/{self.handle}").read_text(encoding="utf-8")
        return int(about.partition("Pid:")[2].split()[0])

    def end(self) -> None:
        """Kill it with all that it started."""
        # The first process of its namespace: the kernel kills all others with it.
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        os.close(self.handle)
        self.channel.close()


def what_is_missing() -> str | None:
    """Return what keeps this machine from the hardened tier, in words, or None if nothing does."""
    if sys.platform != "linux":
        return "it needs Linux"
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed"
    if system_calls.is_missing():
        return "libseccomp or its Python binding pyseccomp is not installed"
    # Not every system has what this module looks up when it is imported.
    from balancegame.grading.worker import landlock

    return None if landlock.version() else "this kernel has no Landlock"


def _receive_handle(line: socket.socket) -> int:
    """Return the handle of a new worker, once it has said that it is confined."""
    line.settimeout(_FORK_SECONDS)
    handles: list[int] = []
    try:
        for _ in range(2):
            said, received, _, _ = socket.recv_fds(line, 1, 1)
            handles += received
            if said != b"+":
                why = line.recv(1000).decode(errors="replace") if said else "it ended at once"
                raise OSError(why)
    except BaseException:
        for handle in handles:
            os.close(handle)
        raise
    return handles[0]


def _command(opened: Library, expected: frozenset[str], control: int, copies: _Copies) -> list[str]:
    settings = {
        "package": _LIBRARY,
        "roots": dict.fromkeys(opened.roots, _LIBRARY),
        "modules": opened.modules,
        "control": control,
        "preload": [*_PRELOADED, *(name for each in sorted(expected) for name in _BESIDE[each])],
        "system_calls": system_calls.filter_program().hex(),
    }
    # What C functions are called by is looked up once, and not by every worker for itself.
    environment = {**ENVIRONMENT, "HOME": "/tmp", "LD_BIND_NOW": "1"}
    shown = {Path(_LIBRARY, name): path for name, path in opened.packages}
    shown |= {Path(_LIBRARY, path.relative_to(PACKAGE.parent)): path for path in opened.own_files}
    large = large_libraries(opened)
    folders = {place: path for place, path in shown.items() if path.is_dir()}
    files = _system_libraries(opened) | shown
    copied = {place: path for place, path in files.items() if place not in {*folders, *large}}
    return [
        "bwrap",
        *("--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--clearenv"),
        # The fork server makes fresh processes for each worker; the worker keeps no right at all.
        *("--cap-add", "CAP_SYS_ADMIN"),
        *(part for pair in environment.items() for part in ("--setenv", *pair)),
        *_python(),
        *(
            part
            for place, path in (folders | large).items()
            for part in ("--ro-bind", str(path), str(place))
        ),
        *copies.of(copied),
        # With a /dev of its own, bubblewrap would nest users once more, and who is in them may not
        # fork workers into fresh processes.
        *("--proc", "/proc", "--dev-bind", os.devnull, os.devnull, "--dir", "/tmp"),
        str(_PROGRAM),
        *("-I", "-S", "-B", f"{_LIBRARY}/{PACKAGE.name}/grading/worker/__main__.py"),
        json.dumps(settings),
    ]


class _Copies:
    """Files that bubblewrap copies: no place where a copy lies costs a worker a mount."""

    def __init__(self) -> None:
        self.descriptors: list[int] = []

    def of(self, files: Mapping[Path, Path]) -> Iterator[str]:
        """Yield bubblewrap's arguments for files by the places where their copies shall lie."""
        for place, file in files.items():
            self.descriptors.append(os.open(file, os.O_RDONLY | os.O_CLOEXEC))
            yield from ("--file", str(self.descriptors[-1]), str(place))

    def close(self) -> None:
        """Close what was opened for bubblewrap."""
        for descriptor in self.descriptors:
            os.close(descriptor)


@lru_cache(maxsize=1)
def _python() -> tuple[str, ...]:
    """Return bubblewrap's arguments for the interpreter and its own library."""
    arguments: list[str] = []
    for folder in map(Path, _SYSTEM_LIBRARIES):
        if folder.is_symlink():
            arguments += ["--symlink", str(folder.readlink()), str(folder)]
    folders = _python_folders()
    # The loader is a program, and a copy would not be one.
    for path in (_PROGRAM, *map(_true, _loader()), *folders):
        arguments += ["--ro-bind", str(path), str(path)]
    for hidden in (folder / name for folder in folders for name in _HIDDEN):
        if hidden.is_dir():
            arguments += ["--tmpfs", str(hidden)]
    return tuple(arguments)


def _python_folders() -> tuple[Path, ...]:
    paths = sysconfig.get_paths(vars={"base": sys.base_prefix, "platbase": sys.base_exec_prefix})
    return tuple(dict.fromkeys(Path(paths[name]) for name in ("stdlib", "platstdlib")))


@lru_cache(maxsize=32)
def _system_libraries(opened: Library) -> dict[Path, Path]:
    """Return what Python and the opened packages are linked to, by where it belongs."""
    modules = [file for folder in _python_folders() for file in folder.glob("lib-dynload/*.so")]
    # Windows and buttons belong to nobody's answer, and need half a system.
    programs = [_PROGRAM, *(file for file in modules if not file.name.startswith("_tkinter"))]
    for _, path in opened.packages:
        programs += _shared_objects(path) if path.is_dir() else [path]
    multiarch = str(sysconfig.get_config_var("MULTIARCH") or "")
    folders = [Path(str(sysconfig.get_config_var("LIBDIR"))), Path(sys.base_prefix, "lib")]
    folders += [Path(name, inner) for inner in (multiarch, "") for name in _SYSTEM_LIBRARIES]
    found = linked_to(programs, folders)
    found = {_true(place): file for place, file in found.items() if place not in _loader()}
    # Without it, Python could not read and write the text of all languages as it does elsewhere.
    return found | {file: file for file in _LOCALE.rglob("*") if file.is_file()}


def large_libraries(opened: Library) -> dict[Path, Path]:
    """Return the system's libraries that are mounted and not copied, by where they belong."""
    found = _system_libraries(opened).items()
    return {place: path for place, path in found if path.stat().st_size > _LARGE}


def _shared_objects(folder: Path) -> Iterator[Path]:
    """Yield what a package was compiled to, in a folder of thousands of files."""
    for inside, names in listed(str(folder)):
        yield from (Path(inside, name) for name in names if ".so" in name)


@lru_cache(maxsize=1)
def _loader() -> Collection[Path]:
    return linked_to([_PROGRAM], [])


def _true(place: Path) -> Path:
    """Return a place without links to folders on the way."""
    return place.parent.resolve() / place.name
