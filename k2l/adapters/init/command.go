package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Where programs are looked for when nothing sets PATH.
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// Command is a process to be: program is argv[0] as a file.
type Command struct {
	program   string
	arguments []string
	directory string
	variables Environment
}

// command puts the workload's process together. Its working directory is that of the contract, else the image's, in which Lambda starts
// the init. Messages name the program and nothing that only a value says.
func (c *Contract) command(values Values, variables Environment, home string) (*Command, error) {
	made := &Command{directory: home, variables: variables}
	for _, text := range append(append([]Text{}, c.Command...), c.Args...) {
		argument, err := expand(text, values, variables)
		if err != nil {
			return nil, err
		}
		if strings.IndexByte(argument, 0) >= 0 {
			return nil, errors.New("an argument of the command would hold a zero byte")
		}
		made.arguments = append(made.arguments, argument)
	}
	if c.WorkingDir != nil {
		given, err := expand(*c.WorkingDir, values, variables)
		if err != nil {
			return nil, err
		}
		made.directory = filepath.Join("/", given)
	}
	if err := enterable(made.directory); err != nil {
		return nil, fmt.Errorf("the working directory cannot be used: %w", err)
	}
	program, err := made.find()
	if err != nil {
		return nil, err
	}
	made.program = program
	return made, nil
}

// enterable makes a working directory that is not there, as container engines do, where that is possible at all: below /tmp and /mnt.
func enterable(directory string) error {
	info, err := os.Stat(directory)
	if errors.Is(err, os.ErrNotExist) {
		return os.MkdirAll(directory, 0o755)
	}
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s is no directory", directory)
	}
	return err
}

// find looks the program up as an engine does: with a slash from the working directory, else in PATH of the workload's environment.
func (c *Command) find() (string, error) {
	name := c.arguments[0]
	if strings.Contains(name, "/") {
		file := inDirectory(c.directory, name)
		if err := executable(file); err != nil {
			return "", fmt.Errorf("the command cannot be started: %w", err)
		}
		return file, nil
	}
	path, set := c.variables["PATH"]
	if !set {
		path = defaultPath
	}
	for _, folder := range filepath.SplitList(path) {
		if file := inDirectory(c.directory, filepath.Join(folder, name)); name != "" && executable(file) == nil {
			return file, nil
		}
	}
	return "", fmt.Errorf("the command cannot be started: %q is in no directory of PATH", name)
}

func inDirectory(directory, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(directory, name)
}

func executable(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	if info.IsDir() || info.Mode()&0o111 == 0 {
		return fmt.Errorf("%s is no program: it may not be executed", file)
	}
	return nil
}
