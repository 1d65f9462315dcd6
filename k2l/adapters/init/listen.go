package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"
)

// listen opens the loopback ports of the contract and serves them for as long as the init lives.
func (i *Init) listen(values Values) error {
	for _, l := range i.contract.Listen {
		target, err := targetOf(l.Target, values)
		if err != nil {
			return err
		}
		socket, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(l.Port)))
		if err != nil {
			return fmt.Errorf("the port for %s cannot be opened: %w", l.Target, err)
		}
		errors := log.New(os.Stderr, fmt.Sprintf("k2l-init: port %d: ", l.Port), 0)
		server := &http.Server{
			Handler:           newForwarder(i.client, target, time.Duration(l.Timeout)*time.Second, errors),
			ReadHeaderTimeout: time.Minute,
			ErrorLog:          errors,
		}
		go func() { errors.Print(server.Serve(socket)) }()
	}
	return nil
}

// targetOf is the URL of a function. Signed requests do not leave this machine without TLS.
func targetOf(reference Reference, values Values) (*url.URL, error) {
	text, _, err := values.one(reference)
	if err != nil {
		return nil, err
	}
	target, err := url.Parse(text)
	if err != nil || target.Host == "" || target.Scheme != "https" && !isLoopback(target) {
		return nil, fmt.Errorf("%s: its value is no https URL", reference)
	}
	return target, nil
}

func isLoopback(target *url.URL) bool {
	address := net.ParseIP(target.Hostname())
	return target.Scheme == "http" && address != nil && address.IsLoopback()
}
