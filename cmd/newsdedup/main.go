// Command newsdedup finds what repeats what in a corpus of news articles.
package main

import (
	"os"

	"github.com/newsdedup/newsdedup/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.System()))
}
