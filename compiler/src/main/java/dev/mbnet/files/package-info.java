/** Files on disk and in jars, as the command line and builds read and write them. */
package dev.mbnet.files;
