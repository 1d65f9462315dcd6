package main

import (
	"context"
	"strings"
	"sync"
	"time"
)

const (
	// More at a time would only be throttled sooner: Parameter Store answers 40 requests a second.
	// https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-throughput.html
	requestsAtOnce = 8
	// Lambda's initialisation ends after 10 seconds, and is then done once more within the first request.
	resolveTime = 25 * time.Second
)

// resolve reads all references from their stores, side by side. It fails with all that cannot be read, each by its reference.
func resolve(ctx context.Context, client *Client, references []Reference) (Values, error) {
	if len(references) == 0 {
		return Values{}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, resolveTime)
	defer cancel()
	values := Values{}
	var mutex sync.Mutex
	set := func(source Source, answer found) {
		mutex.Lock()
		defer mutex.Unlock()
		values[source] = answer
	}
	var running sync.WaitGroup
	slots := make(chan struct{}, requestsAtOnce)
	for _, read := range readers(references) {
		running.Add(1)
		go func(read reader) {
			defer running.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			read(ctx, client, set)
		}(read)
	}
	running.Wait()
	return values, values.check(references)
}

// A reader makes one or more requests and sets what it found.
type reader func(ctx context.Context, client *Client, set func(Source, found))

// readers are the requests for these references: each source once, single parameters ten at a time.
func readers(references []Reference) []reader {
	var readers []reader
	var single []string
	seen := map[Source]bool{}
	for _, r := range references {
		source := r.Source
		switch {
		case seen[source]:
		case source.Store == secrets:
			readers = append(readers, func(ctx context.Context, client *Client, set func(Source, found)) {
				members, err := readSecret(ctx, client, source.Name)
				set(source, found{members, true, err})
			})
		case strings.HasSuffix(source.Name, "/"):
			readers = append(readers, func(ctx context.Context, client *Client, set func(Source, found)) {
				set(source, readPath(ctx, client, source.Name))
			})
		default:
			single = append(single, source.Name)
		}
		seen[source] = true
	}
	for len(single) > 0 {
		n := parametersMax
		if n > len(single) {
			n = len(single)
		}
		names := single[:n]
		single = single[n:]
		readers = append(readers, func(ctx context.Context, client *Client, set func(Source, found)) {
			readSingle(ctx, client, names, set)
		})
	}
	return readers
}

func readSingle(ctx context.Context, client *Client, names []string, set func(Source, found)) {
	answer, err := readParameters(ctx, client, names)
	for _, name := range names {
		p, there := answer[name]
		switch {
		case err != nil:
			set(Source{parameters, name}, found{err: err})
		case there:
			set(Source{parameters, name}, p.found(Members{"": p.Value}))
		default:
			set(Source{parameters, name}, found{})
		}
	}
}
