import java.nio.file.Files

// The same project in another folder, with files of another day.
def copy = { from, to ->
  to.parentFile.mkdirs()
  Files.copy(from.toPath(), to.toPath())
  to.lastModified = 1_000_000_000_000L
}
def elsewhere = new File(basedir, 'elsewhere')
copy(new File(basedir.parentFile, 'parent/pom.xml'), new File(elsewhere, 'parent/pom.xml'))
copy(new File(basedir, 'pom.xml'), new File(elsewhere, 'an other folder/pom.xml'))
new File(basedir, 'src').eachFileRecurse {
  if (it.isFile()) {
    copy(it, new File(elsewhere, 'an other folder/' + basedir.toPath().relativize(it.toPath())))
  }
}
