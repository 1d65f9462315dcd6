package main

import (
	"crypto/tls"
	"net"
	"net/http"
	"sync"
	"time"
)

// Client talks to AWS, with signatures and retries.
type Client struct {
	settings  Settings
	transport *http.Transport
	mutex     sync.Mutex
	used      time.Time
}

func newClient(settings Settings) (*Client, error) {
	roots, err := authorities(settings.variable("AWS_CA_BUNDLE"), authoritiesFile)
	if err != nil {
		return nil, err
	}
	return &Client{settings: settings, transport: &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
		TLSHandshakeTimeout:   5 * time.Second,
		ExpectContinueTimeout: time.Second,
		MaxIdleConnsPerHost:   16,
		// The init passes bodies on as they are.
		DisableCompression: true,
	}}, nil
}

// Connections that have rested longer than this are not used again.
const restingTime = 10 * time.Second

// roundTrip sends one signed request. Lambda freezes the init between events, and meanwhile the other side closes connections without
// notice; timers do not run then, so that the age of a connection is told by the clock on the wall.
func (c *Client) roundTrip(request *http.Request) (*http.Response, error) {
	c.mutex.Lock()
	now := time.Now().Round(0)
	if now.Sub(c.used) > restingTime {
		c.transport.CloseIdleConnections()
	}
	c.used = now
	c.mutex.Unlock()
	return c.transport.RoundTrip(request)
}
