package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// authorities are those of the file given by the user, else those that the build put beside the init, else the image's own (nil).
func authorities(given, built string) (*x509.CertPool, error) {
	file := given
	if file == "" {
		file = built
	}
	pem, err := os.ReadFile(file)
	if given == "" && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("certificate authorities: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("certificate authorities: %s holds none", file)
	}
	return pool, nil
}
