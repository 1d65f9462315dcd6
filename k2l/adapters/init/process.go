package main

import (
	"fmt"
	"os"
	"syscall"
)

// start makes the command a process in a group of its own, which dies with this thread: with the init, whose main goroutine stays on it.
func (c *Command) start(stdin, stdout, stderr *os.File) (int, error) {
	pid, err := syscall.ForkExec(c.program, c.arguments, &syscall.ProcAttr{
		Dir:   c.directory,
		Env:   c.variables.pairs(),
		Files: []uintptr{stdin.Fd(), stdout.Fd(), stderr.Fd()},
		Sys:   &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL},
	})
	if err != nil {
		return 0, fmt.Errorf("the command cannot be started: %s: %w", c.program, err)
	}
	return pid, nil
}

// become replaces the init by the command. It returns only when that fails.
func (c *Command) become() error {
	if err := os.Chdir(c.directory); err != nil {
		return err
	}
	err := syscall.Exec(c.program, c.arguments, c.variables.pairs())
	return fmt.Errorf("the command cannot be started: %s: %w", c.program, err)
}

// describe says how a process ended, in words.
func describe(status syscall.WaitStatus) string {
	if status.Signaled() {
		return fmt.Sprintf("was killed by signal %d (%s)", int(status.Signal()), status.Signal())
	}
	return fmt.Sprintf("ended with exit status %d", status.ExitStatus())
}
