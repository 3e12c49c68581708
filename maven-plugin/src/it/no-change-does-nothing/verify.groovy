def log = new File(basedir, 'build.log').text
assert log.count('Compiled 1 model: 1 class written') == 1
assert log.count('1 model up to date') == 2
assert log.count('Nothing to compile - all classes are up to date') == 2
assert log.count('[INFO] Skipped') == 1
