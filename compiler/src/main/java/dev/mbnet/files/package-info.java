/** What networks and models name, on disk and in jars, for the command line and for builds. */
package dev.mbnet.files;
