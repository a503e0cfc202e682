"""Take away what Python has on POSIX systems only, so that a test runs as on Windows.

It is imported before the program: many guards are decided once, when a module is imported.
"""

from __future__ import annotations

import os
import select
import shutil  # these also decide at import what the system has, and are not ours to test
import signal
import socket
import subprocess
import sys
import tempfile
import time

POSIX_ONLY = {
    "os": """
    O_ASYNC O_CLOEXEC O_DIRECTORY O_DSYNC O_LARGEFILE O_NDELAY O_NOATIME O_NOCTTY O_NOFOLLOW
    O_NONBLOCK O_PATH O_RSYNC O_SYNC O_TMPFILE chown chroot confstr copy_file_range ctermid
    eventfd fchdir fchmod fchown fdatasync forkpty fpathconf get_blocking getegid geteuid getgid
    getgrouplist getgroups getloadavg getpgid getpgrp getpriority getrandom getresgid getresuid
    getsid getuid getxattr initgroups killpg lchown listxattr lockf major makedev memfd_create
    minor mkfifo mknod nice openpty pathconf pidfd_open pipe2 posix_fadvise posix_fallocate
    posix_spawn posix_spawnp pread preadv pwrite pwritev readv register_at_fork removexattr
    sched_getaffinity sched_setaffinity sched_yield sendfile set_blocking setegid seteuid setgid
    setgroups setpgid setpriority setregid setresgid setresuid setreuid setsid setuid setxattr
    splice statvfs fstatvfs sync sysconf tcgetpgrp tcsetpgrp ttyname uname wait wait3 wait4
    waitid writev
    """,
    "signal": """
    ITIMER_REAL ITIMER_VIRTUAL SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGPROF SIGQUIT
    SIGSTOP SIGTSTP SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ alarm getitimer pause
    pthread_kill pthread_sigmask setitimer siginterrupt sigpending sigwait sigwaitinfo
    """,
    "select": "epoll kqueue poll",
    "socket": "AF_UNIX SO_REUSEPORT sethostname",
    "time": "clock_getres clock_gettime pthread_getcpuclockid tzset",
}
"""The names that modules of Python have on POSIX systems only (typeshed), apart from ``fork``."""

MODULES = ("crypt", "curses", "fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog")
MODULES += ("termios", "tty")
"""The modules that Python has on POSIX systems only."""


def remove() -> None:
    """Remove the names and the modules from this process, and folders as descriptors."""
    for module in (os, select, signal, socket, time):
        for name in POSIX_ONLY[module.__name__].split():
            if hasattr(module, name):
                delattr(module, name)
    sys.modules |= dict.fromkeys(MODULES)  # type: ignore[arg-type] - `None` refuses the import
    os.supports_dir_fd.clear()
    os.supports_fd.clear()
    os.supports_follow_symlinks.intersection_update({os.stat})


IMPORTED = (shutil, subprocess, tempfile)
