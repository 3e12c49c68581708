/** Runs Java with a module's jar and the runtime, and gives what it prints. */
return { File jar, List<String> options, List<String> program ->
  def runtime = dev.mbnet.runtime.Network.protectionDomain.codeSource.location.toURI().path
  def java = new File(System.getProperty('java.home'), 'bin/java').path
  [java, *options, [jar.path, runtime].join(File.pathSeparator), *program].execute().text.trim()
}
