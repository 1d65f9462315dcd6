package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// https://man7.org/linux/man-pages/man2/prctl.2.html
const setChildSubreaper = 36

// adoptOrphans makes this process the parent of every descendant whose own parent ends.
func adoptOrphans() error {
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, setChildSubreaper, 1, 0); errno != 0 {
		return errno
	}
	return nil
}

// wait reaps children until the one with this process id has ended, and returns how.
func wait(pid int) (syscall.WaitStatus, error) {
	for {
		var status syscall.WaitStatus
		ended, err := syscall.Wait4(-1, &status, 0, nil)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			return 0, err
		}
		if err == nil && ended == pid {
			return status, nil
		}
	}
}

// sweep kills every process that is left below this one, and reaps it. It says whether none is left when the time is over.
func sweep(limit time.Duration) bool {
	for end := time.Now().Add(limit); ; time.Sleep(time.Millisecond) {
		if !reap() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
		for _, pid := range children() {
			// It may have ended meanwhile.
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// reap takes in the children that have ended, and says whether there are others.
func reap() bool {
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, syscall.WNOHANG, nil)
		switch {
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			return false
		case pid == 0:
			return true
		}
	}
}

// children are the processes whose parent is this one: orphans among them, because it adopts those.
func children() []int {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil
	}
	own := strconv.Itoa(os.Getpid())
	var found []int
	for _, name := range stats {
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		// The name of the program, in parentheses, may hold anything; state and parent follow it.
		fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(name))); err == nil && len(fields) > 1 && fields[1] == own {
			found = append(found, pid)
		}
	}
	return found
}
