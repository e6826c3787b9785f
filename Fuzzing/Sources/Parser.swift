import EspalierFiles

/// A reader of foreign bytes, as the fuzzer calls it.
///
/// A new one is a value in a file of its kind and an entry in `all`; its seeds are named in `Scripts/fuzz`.
struct Parser: Sendable {
  /// The name on the command line.
  let name: String
  /// Reads bytes to their end, or throws where it refuses them.
  let parse: @Sendable ([UInt8]) throws(EspalierError) -> Void

  init(_ name: String, _ parse: @escaping @Sendable ([UInt8]) throws(EspalierError) -> Void) {
    (self.name, self.parse) = (name, parse)
  }

  /// A parser of files: the bytes are in the file `file` of a folder of this process, whose path `parse` gets.
  init(_ name: String, in file: String, _ parse: @escaping @Sendable (String) throws(EspalierError) -> Void) {
    self.init(name) { (bytes) throws(EspalierError) in
      try parse(ScratchFolder.shared.write(bytes, to: file))
    }
  }

  /// All parsers.
  static let all = [
    onnx, npy, npz, safetensors, idx, gzip, zip, json, image, csv, libsvm, formula, model, vocabulary, tokenizer,
    settings, text, configuration, sentences,
  ]
}
