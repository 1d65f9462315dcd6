package main

import (
	"fmt"
	"time"
)

// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#lifecycle
const defaultGrace = 30 * time.Second

// What it takes at most to kill, tidy up and report.
const reportTime = 500 * time.Millisecond

// bounds are the times at which a command is asked to end and is killed, and why.
type bounds struct {
	ask, kill time.Time
	reason    string
}

// grace is what lies between being asked to end and being killed.
func (j *Job) grace() time.Duration {
	if j.GracePeriod == nil {
		return defaultGrace
	}
	return time.Duration(*j.GracePeriod) * time.Second
}

// ofTask are the bounds of a task that began at begin: nothing but its deadline ends it.
func (j *Job) ofTask(begin time.Time) bounds {
	ask := begin.Add(time.Duration(*j.Deadline) * time.Second)
	return bounds{ask: ask, kill: ask.Add(j.grace())}
}

// bounds of a run that began at begin and in which Lambda ends everything at end. activeDeadlineSeconds holds to the second, and the grace
// period follows it; of the function's time-out, which ends all at once, the grace period takes a tenth at most, so that a job which is
// about to end by itself does.
func (j *Job) bounds(begin, end time.Time) bounds {
	tenth := time.Duration(j.Timeout) * time.Second / 10
	grace := j.grace()
	last := end.Add(-shorter(reportTime, tenth))
	made := bounds{ask: last.Add(-shorter(grace, tenth)), reason: fmt.Sprintf("the function's time-out of %d s was near", j.Timeout)}
	if j.Deadline != nil {
		if deadline := begin.Add(time.Duration(*j.Deadline) * time.Second); deadline.Before(made.ask) {
			made.ask, made.reason = deadline, fmt.Sprintf("activeDeadlineSeconds of %d s passed", *j.Deadline)
		}
	}
	if made.kill = made.ask.Add(grace); made.kill.After(last) {
		made.kill = last
	}
	return made
}

func shorter(a, b time.Duration) time.Duration {
	if a < b {
		return a
	}
	return b
}
