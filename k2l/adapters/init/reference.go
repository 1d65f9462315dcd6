package main

import (
	"fmt"
	"strings"
)

// Stores of references.
const (
	parameters = "ssm"
	secrets    = "secretsmanager"
)

// Reference names one value of a store, or many: STORE:NAME[#KEY][?optional].
type Reference struct {
	Source
	Key      string // a member of a secret; empty for all of them, and for parameters
	Optional bool
}

// Source is what is asked for at once: a secret, a parameter, or all parameters directly below a path that ends in a slash.
type Source struct {
	Store string
	Name  string
}

// UnmarshalText reads a reference as the contract spells it.
func (r *Reference) UnmarshalText(text []byte) error {
	store, rest, _ := strings.Cut(string(text), ":")
	name := strings.TrimSuffix(rest, "?optional")
	*r = Reference{Source: Source{Store: store, Name: name}, Optional: name != rest}
	if store == secrets {
		r.Name, r.Key, _ = strings.Cut(name, "#")
	}
	switch {
	case store != parameters && store != secrets:
		return fmt.Errorf("%q is no reference: it names no store", text)
	case r.Name == "" || store == parameters && !strings.HasPrefix(r.Name, "/"):
		return fmt.Errorf("%q is no reference: it names nothing in the store", text)
	}
	return nil
}

// many says whether the reference stands for several values.
func (r Reference) many() bool {
	if r.Store == parameters {
		return strings.HasSuffix(r.Name, "/")
	}
	return r.Key == ""
}

func (r Reference) String() string {
	text := r.Store + ":" + r.Name
	if r.Key != "" {
		text += "#" + r.Key
	}
	if r.Optional {
		text += "?optional"
	}
	return text
}
