package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// What kubelet reads of an answer, and how often it goes where an answer sends it.
// https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/probe/http/http.go
const (
	probedBody   = 10 << 10
	redirectsMax = 10
)

const probeUsage = "usage: init probe SECONDS http://HOST:PORT/PATH|https://...|tcp://HOST:PORT [NAME:VALUE...]"

// probe asks as kubelet asks for httpGet and tcpSocket, for a health check that has to be a command: arguments are the seconds that it may
// take, the address, and headers. It changes nothing and reads no contract.
func probe(arguments []string) error {
	if len(arguments) < 2 {
		return errors.New(probeUsage)
	}
	seconds, err := strconv.Atoi(arguments[0])
	target, invalid := url.Parse(arguments[1])
	if err != nil || seconds < 1 || invalid != nil || target.Host == "" {
		return errors.New(probeUsage)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(seconds)*time.Second)
	defer cancel()
	switch target.Scheme {
	case "tcp":
		return probeTCP(ctx, target.Host)
	case "http", "https":
		return probeHTTP(ctx, target, arguments[2:])
	}
	return errors.New(probeUsage)
}

func probeTCP(ctx context.Context, address string) error {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	return connection.Close()
}

// probeHTTP wants an answer from 200 to 399. A server sends elsewhere only within itself: who is sent to another host has been answered.
func probeHTTP(ctx context.Context, target *url.URL, headers []string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return err
	}
	request.Header.Set("User-Agent", "k2l-init-probe")
	request.Header.Set("Accept", "*/*")
	for _, header := range headers {
		name, value, found := strings.Cut(header, ":")
		if !found {
			return errors.New(probeUsage)
		}
		if strings.EqualFold(name, "Host") {
			request.Host = value
		} else {
			request.Header.Add(name, value)
		}
	}
	client := &http.Client{
		// No proxy stands before the container itself, and kubelet does not look at certificates either.
		Transport:     &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}},
		CheckRedirect: withinHost,
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(answer.Body, probedBody)); err != nil {
		return err
	}
	if answer.StatusCode < 200 || answer.StatusCode > 399 {
		return fmt.Errorf("the answer has status %d", answer.StatusCode)
	}
	return nil
}

func withinHost(request *http.Request, before []*http.Request) error {
	if request.URL.Hostname() != before[0].URL.Hostname() {
		return http.ErrUseLastResponse
	}
	if len(before) >= redirectsMax {
		return fmt.Errorf("it was sent elsewhere %d times", redirectsMax)
	}
	return nil
}
