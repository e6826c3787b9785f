import Foundation

/// The parser of this process, named by `--parser=NAME`: libFuzzer leaves arguments that begin with `--` alone.
private let parser: Parser? = {
  let prefix = "--parser="
  let name = CommandLine.arguments.first { $0.hasPrefix(prefix) }?.dropFirst(prefix.count)
  return Parser.all.first { $0.name == name ?? "" }
}()

/// Checks the command line before libFuzzer reads it; exit code 64 if it names no parser.
@_cdecl("LLVMFuzzerInitialize")
public func checkArguments(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
  guard parser == nil else { return 0 }
  let names = Parser.all.map(\.name).joined(separator: " ")
  FileHandle.standardError.write(Data("name a parser by --parser=NAME: \(names)\n".utf8))
  _exit(64)
}

/// Parses one input. An `EspalierError` is a proper answer; anything else ends the process, which is a find.
@_cdecl("LLVMFuzzerTestOneInput")
public func parse(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  try? parser?.parse(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
