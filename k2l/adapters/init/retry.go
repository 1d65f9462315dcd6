package main

import (
	"context"
	"errors"
	"math/rand"
	"net/http"
	"strings"
	"time"
)

const (
	attempts  = 6
	firstWait = 100 * time.Millisecond
	longWait  = 3 * time.Second
)

// retry does it again when the network, or the service for a while, is at fault, and waits longer each time, for a random part of the
// wait: functions that start together must not come back together.
// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
func retry(ctx context.Context, do func() error) error {
	source := rand.New(rand.NewSource(time.Now().UnixNano()))
	wait := firstWait
	for attempt := 1; ; attempt++ {
		err := do()
		if err == nil || attempt == attempts || !isPassing(err) || ctx.Err() != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(source.Int63n(int64(wait)))):
		}
		if wait *= 2; wait > longWait {
			wait = longWait
		}
	}
}

// isPassing says whether the same request may succeed later.
func isPassing(err error) bool {
	var failure *Failure
	if !errors.As(err, &failure) {
		return true
	}
	if failure.Status >= 500 || failure.Status == http.StatusTooManyRequests {
		return true
	}
	return strings.Contains(failure.Type, "Throttl") || failure.Type == "RequestLimitExceeded" || failure.Type == "TooManyRequestsException"
}
