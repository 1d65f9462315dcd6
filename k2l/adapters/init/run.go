package main

import (
	"io"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

// After this, what survived SIGKILL is stuck in the kernel.
const sweepTime = 2 * time.Second

// Ending is how a run ended. asked: it had to be told to. clean: none of its processes is left.
type Ending struct {
	status syscall.WaitStatus
	asked  bool
	clean  bool
}

// run carries the command out to its end, within its bounds. Its stdin is empty, as that of a container; stdout is the init's own, and what
// goes to stderr goes to the tail as well. When the command has ended, so does everything it started.
func run(c *Command, limits bounds, tail io.Writer) (Ending, error) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		return Ending{}, err
	}
	defer null.Close()
	reader, writer, err := os.Pipe()
	if err != nil {
		return Ending{}, err
	}
	defer reader.Close()
	pid, err := c.start(null, os.Stdout, writer)
	writer.Close()
	if err != nil {
		return Ending{}, err
	}
	copied := make(chan struct{})
	go func() {
		defer close(copied)
		// Reading goes on whatever becomes of the copy: a command must not stand still because nobody takes its log.
		_, _ = io.Copy(both{os.Stderr, tail}, reader)
	}()
	ended := make(chan struct{})
	asked := new(atomic.Bool)
	go watch(pid, limits, asked, ended)
	status, err := wait(pid)
	close(ended)
	ending := Ending{status, asked.Load(), sweep(sweepTime)}
	// Nobody is left who could write.
	_ = reader.SetReadDeadline(time.Now().Add(sweepTime))
	<-copied
	return ending, err
}

// watch asks the command's processes to end when their time is over, and kills them when they do not.
func watch(pid int, limits bounds, asked *atomic.Bool, ended <-chan struct{}) {
	if endsBefore(limits.ask, ended) {
		return
	}
	asked.Store(true)
	_ = syscall.Kill(-pid, syscall.SIGTERM)
	if !endsBefore(limits.kill, ended) {
		_ = syscall.Kill(-pid, syscall.SIGKILL)
	}
}

func endsBefore(limit time.Time, ended <-chan struct{}) bool {
	timer := time.NewTimer(time.Until(limit))
	defer timer.Stop()
	select {
	case <-ended:
		return true
	case <-timer.C:
		return false
	}
}

// both writes everywhere, wherever that fails.
type both [2]io.Writer

func (b both) Write(data []byte) (int, error) {
	for _, writer := range b {
		_, _ = writer.Write(data)
	}
	return len(data), nil
}
