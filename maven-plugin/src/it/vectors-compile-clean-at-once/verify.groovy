assert !new File(basedir, 'build.log').text.contains('[WARNING]')
assert new File(basedir, 'target/classes/com/example/SpeckVectors.class').isFile()
