// Package cli is the command line: flags, streams, exit statuses and progress.
// It alone knows cobra, the environment, signals, the clock and the terminal,
// and it knows no algorithm.
//
// What goes where: stdout carries the result alone. stderr carries lines that
// begin "newsdedup: error:", "newsdedup: warning:", "newsdedup: hint:", "newsdedup: gate:"
// (what was missed), "newsdedup: baseline:" (what was written) or, with --verbose,
// "newsdedup: ", and on a terminal the progress bar. A reader that
// closes stdout early is no error.
package cli
