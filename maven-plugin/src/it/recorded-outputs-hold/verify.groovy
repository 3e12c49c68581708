def log = new File(basedir, 'build.log').text.replace('\r\n', '\n')
assert log.contains('1 network within budget, 0 records of outputs hold')
assert log.contains('Recorded the outputs of 1 network, 1 of them new')
assert log.contains('1 network within budget, 1 record of outputs holds')
def file = new File(basedir, 'src/main/mbnet/com/example/Speck.outputs.json').path
assert log.contains("[ERROR] ${file}:[1,1] `Speck` computes something else than recorded\n  = the mean of `")
assert log.contains('on project recorded-outputs-hold: outputs of `Speck` are not those recorded -> ')
