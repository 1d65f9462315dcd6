package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"time"
)

// Lambda takes no larger request. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const requestMax = 6 << 20

var errTooLarge = errors.New("the request is larger than the 6 MB that Lambda takes")

// newForwarder passes requests on to the function at target and its answers back as they come, each for as long as timeout.
func newForwarder(client *Client, target *url.URL, timeout time.Duration, errorLog *log.Logger) http.Handler {
	proxy := &httputil.ReverseProxy{
		Director:      func(request *http.Request) { direct(request, target) },
		Transport:     signing{client},
		FlushInterval: -1,
		ErrorLog:      errorLog,
		ErrorHandler:  func(w http.ResponseWriter, _ *http.Request, err error) { refuse(w, err, errorLog) },
	}
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		ctx, cancel := context.WithTimeout(request.Context(), timeout)
		defer cancel()
		proxy.ServeHTTP(w, request.WithContext(ctx))
	})
}

// direct turns a request to the loopback port into one to the function's URL, in plain HTTP/1.1: a function's URL changes no protocols.
func direct(request *http.Request, target *url.URL) {
	header := request.Header
	header.Set("X-Forwarded-Host", request.Host)
	if given, there := header["Authorization"]; there {
		header["X-Forwarded-Authorization"] = given
		header.Del("Authorization")
	}
	for _, name := range []string{"Upgrade", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256", "X-Amz-Target"} {
		header.Del(name)
	}
	for _, name := range []string{"X-Forwarded-For", "User-Agent"} {
		if _, there := header[name]; !there {
			// Neither the proxy nor the transport shall add one of its own.
			header[name] = nil
		}
	}
	request.URL.Scheme, request.URL.Host, request.Host = target.Scheme, target.Host, target.Host
	request.URL.RawQuery = sendableQuery(request.URL.RawQuery)
	request.URL.ForceQuery = false
}

// signing is the transport behind the proxy: whatever the proxy changes, it changes before the signature.
type signing struct{ client *Client }

// RoundTrip reads the body whole, because the signature covers it and Lambda refuses unsigned ones, and sends it with the signature.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
func (s signing) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := readBody(request)
	if err != nil {
		return nil, err
	}
	signed := request.Clone(request.Context())
	signed.Body, signed.ContentLength, signed.TransferEncoding = http.NoBody, int64(len(body)), nil
	if len(body) > 0 {
		signed.Body = io.NopCloser(bytes.NewReader(body))
		signed.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	}
	settings, err := s.client.settings.now()
	if err != nil {
		return nil, err
	}
	sign(signed, body, "lambda", settings, time.Now())
	return s.client.roundTrip(signed)
}

func readBody(request *http.Request) ([]byte, error) {
	if request.Body == nil {
		return nil, nil
	}
	defer request.Body.Close()
	body, err := io.ReadAll(io.LimitReader(request.Body, requestMax+1))
	if err == nil && len(body) > requestMax {
		err = errTooLarge
	}
	return body, err
}

// refuse answers in the function's place. Paths and queries may hold secrets, so that the log says only what went wrong.
func refuse(w http.ResponseWriter, err error, errorLog *log.Logger) {
	status := http.StatusBadGateway
	switch {
	case errors.Is(err, errTooLarge):
		status = http.StatusRequestEntityTooLarge
	case errors.Is(err, context.DeadlineExceeded):
		status = http.StatusGatewayTimeout
	case errors.Is(err, context.Canceled):
		// The caller has left.
		return
	}
	errorLog.Print(err)
	http.Error(w, "k2l-init: the called function cannot be reached: "+err.Error(), status)
}
