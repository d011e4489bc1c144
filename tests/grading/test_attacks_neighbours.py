"""Attacks by which submissions talk to each other, or reach the host, through what they share."""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from balancegame.grading.isolation import probes, system_calls
from balancegame.grading.isolation.bubblewrap_forks import ForkServer, large_libraries
from balancegame.grading.isolation.library import library
from balancegame.grading.isolation.warm_files import warm
from tests.grading.confined import closing_worker, run, value
from tests.grading.conftest import skip_unless_offered
from tests.grading.test_attacks_reading import open_to

# Whoever opens a call says here why no submission can reach another by it: it is about ...
REVIEWED = {
    "what it has open itself, nothing of which is shared": """
        close close_range dup dup2 dup3 fallocate fdatasync fsync ftruncate ftruncate64 lseek
        _llseek poll ppoll ppoll_time64 pselect6 pselect6_time64 pread64 preadv pwrite64 pwritev
        read readv select _newselect sendfile sendfile64 write writev""",
    "files, of which it can change only those in its own folder": """
        access chdir creat faccessat faccessat2 fchdir fstat fstat64 fstatat64 getcwd getdents
        getdents64 link linkat lstat lstat64 mkdir mkdirat newfstatat open openat readlink
        readlinkat rename renameat renameat2 rmdir stat stat64 symlink symlinkat truncate truncate64
        umask unlink unlinkat""",
    "its own memory": "brk mprotect mremap msync munmap",
    "its own threads and signals": """
        alarm exit exit_group get_robust_list getitimer gettid pause restart_syscall rseq
        rt_sigaction rt_sigpending rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigtimedwait
        sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getparam
        sched_getscheduler sched_yield set_robust_list set_tid_address setitimer sigaltstack
        sigreturn""",
    "what nobody can change": """
        clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep
        clock_nanosleep_time64 getcpu getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups
        getpgid getpgrp getpid getppid getrandom getresgid getresuid getrlimit getrusage getsid
        gettimeofday getuid getuid32 nanosleep time times ugetrlimit uname""",
    "its own, with the arguments that are allowed": """
        clone fcntl fcntl64 futex ioctl madvise mmap mmap2 prctl prlimit64""",
}

# What reaches another submission or the host, by the name of the way. Later kernels add numbers.
MUST_BE_CLOSED = {
    "modes and owners": """
        chmod fchmod fchmodat chown fchown lchown fchownat chown32 fchown32 lchown32""",
    "times": "utime utimes futimesat utimensat utimensat_time64",
    "extended attributes": """
        setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
        removexattr lremovexattr fremovexattr""",
    "device nodes and pipes": "mknod mknodat pipe pipe2",
    "quota and free space": "quotactl statfs fstatfs statfs64 fstatfs64 ustat",
    "locks and watches": """
        flock inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_init
        fanotify_mark""",
    "the cache of files": """
        mincore fadvise64 fadvise64_64 readahead preadv2 sync_file_range syncfs sync mlock mlock2
        mlockall remap_file_pages move_pages""",
    "sockets": """
        socket socketpair bind connect listen accept accept4 sendto sendmsg sendmmsg recvfrom
        recvmsg recvmmsg getsockopt setsockopt getsockname getpeername shutdown""",
    "key rings": "add_key request_key keyctl",
    "POSIX queues": """
        mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr""",
    "System V": """
        shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl""",
    "counters of the system": """
        sysinfo statx name_to_handle_at eventfd eventfd2 timerfd_create signalfd4 epoll_create
        epoll_create1 memfd_create userfaultfd inotify_init1 sysfs syslog ustat""",
    "limits of the user who grades": """
        timer_create setrlimit setpriority getpriority ioprio_set ioprio_get sched_setaffinity
        sched_setscheduler sched_setattr sched_setparam mbind set_mempolicy migrate_pages
        process_madvise""",
    "other processes": """
        fork vfork clone3 execve execveat kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo ptrace
        process_vm_readv process_vm_writev kcmp pidfd_open pidfd_getfd pidfd_send_signal wait4
        waitid""",
    "namespaces and mounts": """
        unshare setns chroot pivot_root mount umount umount2 open_tree move_mount fsopen fsconfig
        fsmount fspick swapon swapoff""",
    "names and clocks of the machine": """
        sethostname setdomainname settimeofday clock_settime clock_adjtime adjtimex stime""",
    "the kernel": """
        bpf perf_event_open io_uring_setup io_uring_enter io_uring_register open_by_handle_at
        init_module finit_module delete_module kexec_load kexec_file_load reboot acct iopl ioperm
        personality seccomp vhangup lookup_dcookie membarrier""",
    "users": """
        setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset
        setsid setpgid""",
}
# mount_setattr, quotactl_fd, cachestat, fchmodat2, futex_wake, futex_wait, statmount, listmount,
# setxattrat, getxattrat, listxattrat, removexattrat, open_tree_attr, file_getattr, file_setattr
SINCE_LINUX_5_12 = (442, 443, 451, 452, 454, 455, 457, 458, 463, 464, 465, 466, 467, 468, 469)


def test_every_call_that_is_open_was_reviewed():
    names = " ".join(system_calls.ALLOWED.values()).split()
    assert sorted({*names, *system_calls.BY_ARGUMENT}) == sorted(
        " ".join(REVIEWED.values()).split()
    )


@pytest.mark.skipif(system_calls.is_missing(), reason="there is no libseccomp")
def test_the_calls_that_change_what_is_shared_are_closed():
    names = " ".join(MUST_BE_CLOSED.values()).split()
    # A name that libseccomp does not know is a slip in the table; other machines have other calls.
    numbers = system_calls.numbers(names)
    assert [name for name, number in numbers.items() if number == -1] == []
    closed = probes.closed_numbers()
    assert [n for n, number in numbers.items() if number >= 0 and number not in closed] == []
    assert closed.issuperset(SINCE_LINUX_5_12)


@pytest.mark.parametrize("way", probes.CHANNELS)
def test_every_channel_is_closed(way, hardened):
    prelude = probes.prelude()
    attempts = {source: f"{prelude}\n{source}" for source in probes.CHANNELS[way]}
    words = ["[Errno", "No module named"]
    open_to(hardened, attempts, words)


@contextmanager
def neighbours(server):
    """Two workers at the same time."""
    with closing_worker(server) as first, closing_worker(server) as second:
        yield first, second


def mounts(worker):
    """Return the device of what is mounted at each place."""
    lines = Path(f"/proc/{worker.process}/mountinfo").read_text(encoding="utf-8").splitlines()
    return {line.split()[4]: line.split()[2] for line in lines}


def test_every_call_that_is_not_open_is_refused(server):
    source = probes.EVERY_CALL.format(numbers=sorted(probes.closed_numbers()))
    with closing_worker(server) as worker:
        run(worker, f"{probes.prelude()}\ntry:\n    exec({source!r})\nexcept PermissionError: pass")
        assert value(worker, "opened") == []


def test_no_place_that_two_workers_see_can_be_changed(server):
    with neighbours(server) as (first, second):
        assert probes.changeable_mounts(first) == probes.changeable_mounts(second) == {"/tmp"}
        assert mounts(first)["/tmp"] not in mounts(second).values()
        assert mounts(second)["/tmp"] not in mounts(first).values()
        # Nothing of the host's but what Python needs, and one device that holds nothing.
        assert [place for place in mounts(first) if place.startswith("/dev")] == ["/dev/null"]


def test_no_memory_that_two_workers_see_can_be_changed(server):
    with neighbours(server) as pair:
        for worker in pair:
            maps = Path(f"/proc/{worker.process}/maps").read_text(encoding="utf-8").splitlines()
            rights = {line.split()[1] for line in maps}
            assert "r--p" in rights
            assert [each for each in rights if "w" in each and each.endswith("s")] == []


LEAVE = """
import fcntl, os
done = []
def attempt(function, *arguments, **named):
    try:
        function(*arguments, **named)
        done.append(function.__name__)
    except (OSError, ValueError):
        pass
places = ["/", "/dev", "/dev/null", "/library", "/library/numpy", "/library/numpy/__init__.py"]
places += ["/proc", "/usr", "/usr/lib", os.__file__, os.path.dirname(os.__file__)]
places += [os.path.dirname(os.__file__) + "/site-packages", "/usr/lib/python3/dist-packages"]
for place in places:
    attempt(os.utime, place, (1, 2))
    attempt(os.utime, place, (1, 2), follow_symlinks=False)
    attempt(os.chmod, place, 0o700)
    attempt(os.chown, place, os.getuid(), os.getgid())
    attempt(os.setxattr, place, "user.left", b"behind")
    attempt(os.mkdir, place + "/left")
    attempt(os.symlink, "behind", place + "/left")
    attempt(os.rename, place, place + "-left")
    attempt(os.truncate, place, 0)
    try:
        opened = os.open(place, os.O_RDONLY)
    except OSError:
        continue
    attempt(os.utime, opened, (1, 2))
    attempt(os.fchmod, opened, 0o700)
    attempt(os.setxattr, opened, "user.left", b"behind")
    attempt(fcntl.flock, opened, fcntl.LOCK_EX)
    attempt(fcntl.fcntl, opened, 1036, (3).to_bytes(8, "little"))
    attempt(os.listdir, opened)
    attempt(os.read, opened, 10)
    os.close(opened)
for number in range(5):
    attempt(fcntl.fcntl, number, fcntl.F_SETFL, os.O_APPEND | os.O_NONBLOCK * (number < 3))
    attempt(os.fchmod, number, 0o600)
    attempt(os.utime, number, (1, 2))
    attempt(os.lseek, number, 5, os.SEEK_SET)
os.umask(0)
"""
LOOK = """
import fcntl, hashlib, os, stat
seen = {}
def note(path):
    facts = os.lstat(path)
    # How many are in a folder's own folders is not to be seen by a walk that is not there yet.
    seen[path] = (*facts[:7], facts.st_atime_ns, facts.st_mtime_ns, facts.st_ctime_ns)
note("/")
for folder, folders, files in os.walk("/"):
    if folder.startswith("/tmp"):
        continue
    for name in (*folders, *files):
        note(os.path.join(folder, name))
flags = [fcntl.fcntl(number, fcntl.F_GETFL) for number in range(5)]
places = [os.lseek(number, 0, os.SEEK_CUR) for number in range(3)]
seen.pop("/tmp"), seen.pop("/proc")
mask = os.umask(0o22)
found = [flags, places, mask, [os.listdir("/tmp"), os.listdir("/dev")], len(seen) > 1000]
found.append(hashlib.sha256(repr(sorted(seen.items())).encode()).hexdigest())
"""


def test_what_one_leaves_behind_no_other_sees(server):
    """One tries to change all that there is; neither its neighbour nor its successor can tell."""
    with neighbours(server) as (hostile, neighbour):
        run(neighbour, LOOK)
        before = value(neighbour, "found")
        run(hostile, LEAVE)
        assert set(value(hostile, "done")) <= {"fcntl", "listdir", "read", "lseek"}
        run(neighbour, LOOK)
        assert value(neighbour, "found") == before
    with closing_worker(server) as successor:
        run(successor, LOOK)
        assert value(successor, "found") == before


def seldom_read():
    """Return files that workers see, and of which no start of a sandbox reads all."""
    (sympy,) = (path for name, path in library().packages if name == "sympy")
    return [sympy / "physics" / "quantum" / "shor.py", *large_libraries(library()).values()]


def is_in_memory(path):
    """Return whether all of a file is; to read it, even without waiting, would bring it there."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as content:
        pages = (ctypes.c_ubyte * -(-len(content) // mmap.PAGESIZE))()
        first = ctypes.c_char.from_buffer(content)
        place, size = ctypes.c_void_p(ctypes.addressof(first)), ctypes.c_size_t(len(content))
        failed = ctypes.CDLL(None).mincore(place, size, pages)
        del first
    return not failed and all(page & 1 for page in pages)


def forget(path):
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def test_no_file_remembers_that_it_was_read():
    """What only a first reader waits for would tell whether there was one before."""
    skip_unless_offered("hardened")
    files = seldom_read()
    for path in files:
        forget(path)
    forgotten = [path for path in files if not is_in_memory(path)]
    if not forgotten:
        pytest.skip("this system keeps the files in memory, whatever one asks, or does not tell")
    warm.cache_clear()
    with closing(ForkServer(library())):
        until = time.monotonic() + 30
        while not all(map(is_in_memory, forgotten)) and time.monotonic() < until:
            time.sleep(0.05)
        assert [path for path in forgotten if not is_in_memory(path)] == []


def test_nothing_of_the_system_can_be_read_but_what_python_needs(server):
    source = "import os\nfound = {place: os.listdir(place) for place in ('/', '/usr', '/usr/lib')}"
    with closing_worker(server) as worker:
        run(worker, source)
        found = value(worker, "found")
    allowed = {"dev", "lib", "lib32", "lib64", "library", "proc", "tmp", "usr"}
    beneath = {Path(path).parts[1] for path in (sys.base_prefix, sys.base_exec_prefix)}
    assert {*found["/"]} <= allowed | beneath
    assert {*found["/usr"]} <= {"bin", "lib", "lib32", "lib64", "local"}
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for name in found["/usr/lib"]:
        assert name in {python, "python3", "locale"} or ".so" in name or "-linux-" in name, name


WAIT = """
import ctypes, mmap, os, threading, time
libc = ctypes.CDLL(None, use_errno=True)
shared = os.open("/library/numpy/__init__.py", os.O_RDONLY)
libc.mmap.restype = ctypes.c_void_p
place = libc.mmap(None, ctypes.c_size_t(4096), mmap.PROT_READ, mmap.MAP_SHARED, shared, 0)
word = ctypes.cast(place, ctypes.POINTER(ctypes.c_int))[0]
class Time(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))
def wait():
    global woken
    until = time.monotonic() + 8
    while time.monotonic() < until:
        left = Time(1, 0)
        if libc.syscall(FUTEX, ctypes.c_void_p(place), 0, word, ctypes.byref(left), 0, 0) == 0:
            woken = True
            return
        # Who is refused need not be busy with asking again.
        time.sleep(0.001)
woken = False
thread = threading.Thread(target=wait)
"""
WAKE = """
until = time.monotonic() + 3
woken = 0
while time.monotonic() < until:
    woken += max(0, libc.syscall(FUTEX, ctypes.c_void_p(place), 1, 99, 0, 0, 0))
    time.sleep(0.001)
"""


def test_nobody_is_woken_by_a_neighbour(server):
    """A place in a file that two have in memory would carry knocks from one to the other."""
    number = system_calls.numbers(["futex"])["futex"]
    prepare = WAIT.replace("FUTEX", str(number))
    with neighbours(server) as (sleeper, other):
        run(sleeper, prepare)
        run(other, prepare)
        run(sleeper, "thread.start()")
        run(other, WAKE.replace("FUTEX", str(number)))
        assert value(other, "woken") == 0
        assert value(sleeper, "woken") is False


@pytest.mark.root
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_grading_as_root_never_reaches_the_host(server):
    devices = [f"/dev/{name}" for name in ("null", "full", "zero", "random", "tty", "shm", "pts")]
    library = Path(os.__file__)
    paths = [*map(Path, ("/", "/dev", "/proc", "/usr", "/usr/lib", "/tmp", *devices))]
    paths = [path for path in (*paths, library, library.parent) if path.exists()]

    def facts(path):
        now = path.stat()
        # The rest of the machine reads and writes too, but nobody sets the times of a device.
        times = (now.st_atime_ns, now.st_mtime_ns) if path.name in {"null", "full"} else ()
        return path, now.st_mode, now.st_uid, now.st_gid, times, os.listxattr(path)

    before = [facts(path) for path in paths]
    with closing_worker(server) as worker:
        run(worker, LEAVE.replace('places += ["/proc"', f'places += {devices} + ["/proc"'))
    assert [facts(path) for path in paths] == before


@pytest.mark.root
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_two_that_run_are_never_in_one_network(server):
    def network(worker):
        return str(Path(f"/proc/{worker.process}/ns/net").readlink())

    for _ in range(3):
        workers = [server.start() for _ in range(4)]
        networks = {network(worker) for worker in workers} | {
            str(Path("/proc/self/ns/net").readlink())
        }
        assert len(networks) == len(workers) + 1
        for worker in workers:
            worker.end()
