package main

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// Everything that a process may be told; the others concern this process alone.
var passedOn = []os.Signal{
	syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGWINCH,
}

// The exit status of a task whose deadline has passed, as that of timeout(1).
const overdueStatus = 124

// serve starts the server and returns the exit status of the init; without loopback ports and a deadline it does not return at all, unless
// it fails, because the init becomes the server. The web adapter, an extension of Lambda, asks the runtime API for requests on its behalf.
func (i *Init) serve(values Values) (int, *FunctionError) {
	if err := i.contract.prepare(values); err != nil {
		return 1, values.failure(prepareError, err)
	}
	command, err := i.commandWith(values)
	if err != nil {
		return 1, values.failure(commandError, err)
	}
	if len(i.contract.Listen) == 0 && i.contract.Job == nil {
		return 1, values.failure(commandError, command.become())
	}
	status, err := supervise(command, i.contract.Job)
	if err != nil {
		return 1, values.failure(commandError, err)
	}
	return status, nil
}

// supervise is what process 1 of a container does: it passes signals on, reaps orphans, and ends as the command does, with everything that
// the command started. With a job, it ends the command when its deadline passes.
func supervise(command *Command, job *Job) (int, error) {
	if err := adoptOrphans(); err != nil {
		return 1, err
	}
	signals := make(chan os.Signal, len(passedOn))
	signal.Notify(signals, passedOn...)
	pid, err := command.start(os.Stdin, os.Stdout, os.Stderr)
	if err != nil {
		return 1, err
	}
	go func() {
		for received := range signals {
			if number, ok := received.(syscall.Signal); ok {
				_ = syscall.Kill(pid, number)
			}
		}
	}()
	asked, ended := new(atomic.Bool), make(chan struct{})
	if job != nil {
		go watch(pid, job.ofTask(time.Now()), asked, ended)
	}
	status, err := wait(pid)
	close(ended)
	if err != nil {
		return 1, err
	}
	sweep(sweepTime)
	if asked.Load() {
		logf("Job.DeadlineExceeded: activeDeadlineSeconds of %d s passed; the command, asked to end, %s", *job.Deadline, describe(status))
		return overdueStatus, nil
	}
	if status.Signaled() {
		return 128 + int(status.Signal()), nil
	}
	return status.ExitStatus(), nil
}
