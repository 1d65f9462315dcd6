package main

import (
	"fmt"
	"sort"
	"strings"
)

// Environment is the variables of the workload.
type Environment map[string]string

// environmentOf reads NAME=VALUE pairs.
func environmentOf(pairs []string) Environment {
	made := make(Environment, len(pairs))
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		made[name] = value
	}
	return made
}

// pairs is the environment as a process takes it, sorted.
func (e Environment) pairs() []string {
	made := make([]string, 0, len(e))
	for name, value := range e {
		made = append(made, name+"="+value)
	}
	sort.Strings(made)
	return made
}

// build adds the contract's variables to those that Lambda gives: first all those with a prefix, where nothing else sets them, then the
// others in their order. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
func buildEnvironment(given Environment, variables []Variable, values Values) (Environment, error) {
	made := make(Environment, len(given)+len(variables))
	for _, v := range variables {
		if v.Prefix == nil {
			continue
		}
		members, err := values.many(*v.From)
		if err != nil {
			return nil, err
		}
		for key, value := range members {
			if name := *v.Prefix + key; isVariableName(name) {
				made[name] = value
			}
		}
	}
	for name, value := range given {
		made[name] = value
	}
	for _, v := range variables {
		if v.Prefix != nil {
			continue
		}
		value, there, err := assigned(v, values, made)
		if err != nil {
			return nil, err
		}
		if there {
			made[v.Name] = value
		}
	}
	for name, value := range made {
		if strings.IndexByte(value, 0) >= 0 {
			return nil, fmt.Errorf("the variable %s would hold a zero byte, which no variable can", name)
		}
	}
	return made, nil
}

func assigned(v Variable, values Values, soFar Environment) (value string, there bool, err error) {
	switch {
	case v.Value != nil:
		return *v.Value, true, nil
	case v.From != nil:
		return values.one(*v.From)
	}
	value, err = expand(v.Parts, values, soFar)
	return value, true, err
}

// isVariableName says whether Kubernetes takes the name for a variable: printable ASCII without =.
func isVariableName(name string) bool {
	for i := 0; i < len(name); i++ {
		if name[i] < ' ' || name[i] > '~' || name[i] == '=' {
			return false
		}
	}
	return name != ""
}

// expand writes the parts of a text one after another.
func expand(parts []Part, values Values, variables Environment) (string, error) {
	var text strings.Builder
	for _, p := range parts {
		piece, err := p.expand(values, variables)
		if err != nil {
			return "", err
		}
		text.WriteString(piece)
	}
	return text.String(), nil
}

func (p Part) expand(values Values, variables Environment) (string, error) {
	switch {
	case p.Variable != nil:
		if value, set := variables[*p.Variable]; set {
			return value, nil
		}
		return "$(" + *p.Variable + ")", nil
	case p.From != nil:
		value, there, err := values.one(*p.From)
		if err != nil || there {
			return value, err
		}
		return expand(p.Else, values, variables)
	}
	return p.Literal, nil
}
