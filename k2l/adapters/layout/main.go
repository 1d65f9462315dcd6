// Layout lays out what a function's image holds beside the workload's own files, while that image is built:
//
//	layout FUNCTION TREE [NAME...]
//
// FUNCTION is the folder with init.json and the files to bake in, TREE becomes a file tree that is copied over the root of the image.
// What lies below a NAME of the root (bin, lib, ...) goes into TREE.NAME instead, because in many images it is a link that has to be
// followed. What the manifest leaves to the image comes as JSON in the variables ENTRYPOINT, CMD and WORKDIR.
//
// It is a program and no shell script because paths may hold any character. The contract: mappings/schema/init.schema.json.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("usage: layout FUNCTION TREE [NAME...]"))
	}
	function, tree, names := os.Args[1], os.Args[2], os.Args[3:]
	if err := run(function, newTree(tree, names), image{os.Getenv("ENTRYPOINT"), os.Getenv("CMD"), os.Getenv("WORKDIR")}); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "k2l:", err)
	os.Exit(1)
}

func run(function string, out tree, from image) error {
	given, err := read(function)
	if err != nil {
		return err
	}
	links := given.linked()
	if err := given.fill(from, len(links) > 0); err != nil {
		return fmt.Errorf("function %s: %w", given.Function, err)
	}
	if err := out.links(links); err != nil {
		return err
	}
	if err := out.files(function, given.Files, links); err != nil {
		return err
	}
	return given.write(out)
}
