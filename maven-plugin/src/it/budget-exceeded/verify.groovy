def log = new File(basedir, 'build.log').text.replace('\r\n', '\n')
def file = new File(basedir, 'src/main/mbnet/com/example/speck.mbnet').path
assert log.contains("[ERROR] ${file}:[7,11] ")
assert log.contains('[MB4004]\n7 |   require params <= 300, macs <= 1M\n')
assert log.contains('on project budget-exceeded: 1 error in com/example/speck.mbnet -> ')
