import EspalierFiles
import EspalierGraph
import EspalierTensors
import SwiftProtobuf

import struct Foundation.Data

/// Reads and writes models in the ONNX format (https://onnx.ai/onnx/repo-docs/IR.html).
///
/// Reading and writing preserves a model: everything in a file is kept, or the file is rejected with the reason. Only
/// differences without meaning are lost: the field in which a tensor stores its elements, whether a text is empty or
/// absent, `ai.onnx` as an alias of the standard domain, and functions, whose calls are replaced by their bodies.
///
/// Values of half precision are in single precision in a model, and written as they were (``Graph/widened()``).
package enum ONNXFile {
  /// The supported versions of the standard operator set.
  package static let opsets = 7...24
  /// The supported versions of the file format (`ir_version`).
  package static let formatVersions = 3...14

  /// The model in the file at `path`, with its external data.
  ///
  /// - Throws: `EspalierError` that names the file, the place in it and the reason, for a file that is missing,
  ///   damaged, of another tool's format (``ForeignFormat``) or not representable by ``Model``: training information,
  ///   sparse tensors, values that are not tensors, element types other than those of `ElementType`, opsets outside of
  ///   ``opsets``.
  /// - Complexity: linear in the bytes; each weight is copied twice, one weight after the other. Large ones in external
  ///   data are not read, but mapped (``FileContents/storage(_:at:count:alignment:)``).
  package static func read(_ path: String) throws(EspalierError) -> Model {
    if FileContents.exists(path + "/saved_model.pb"), let foreign = ForeignFormat.named("saved_model.pb") {
      throw foreign.refusal(of: path + "/saved_model.pb")
    }
    let size = try FileContents.size(path)
    let head = FileHead(try FileContents.read(path, at: 0, count: min(size, FileHead.longest)))
    if let foreign = ForeignFormat.signed(head) { throw foreign.refusal(of: path) }
    let bytes = try FileContents.read(path)
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    do throws(EspalierError) {
      return try within(path) { () throws(EspalierError) in try decode(bytes, externalDataFolder: folder) }
    } catch {
      // Some formats are told by their names alone, and a file of another name is taken for what it is called.
      guard error.kind == .file, let foreign = ForeignFormat.named(path) else { throw error }
      throw foreign.refusal(of: path)
    }
  }

  /// The model in `bytes`, with external data, if any, in `externalDataFolder`.
  ///
  /// - Throws: `EspalierError` as ``read(_:)`` does; it does not name the file.
  package static func decode(_ bytes: [UInt8], externalDataFolder: String? = nil) throws(EspalierError) -> Model {
    try ModelDecoder(folder: externalDataFolder).model(WireMessage(file: bytes, kind: "an ONNX model"))
  }

  /// The tensor in the file at `path`, which holds one `TensorProto`, as the `.pb` files of ONNX's own tests do.
  ///
  /// The tensor's name and documentation are not kept.
  /// - Throws: `EspalierError` as ``read(_:)`` does.
  package static func readTensor(_ path: String) throws(EspalierError) -> Tensor {
    let bytes = try FileContents.read(path)
    return try within(path) { () throws(EspalierError) in
      try TensorDecoder(folder: nil).tensor(WireMessage(file: bytes, kind: "an ONNX tensor").parse())
    }
  }

  /// Writes `model` to the file at `path`, and weights to `<path>.data` as determined by `externalData`.
  ///
  /// Equal models give equal bytes. The model and its weights are replaced as a whole or not at all; weights that take
  /// the place of others in `<path>.data` are written to `<path>.1.data` (``SecondFile``).
  /// - Throws: `EspalierError` if the model is inconsistent (``Graph/validate()``), uses an operator of a domain
  ///   without a stated version, is too large for one file, or `path` cannot be written.
  package static func write(
    _ model: Model, to path: String, externalData: ExternalDataPolicy = .automatic
  ) throws(EspalierError) {
    let second = SecondFile(beside: path)
    let model = try within(path) { () throws(EspalierError) in try model.asStored }
    let threshold = externalData.threshold(total: model.graph.constantBytes)
    var encoder = ModelEncoder(location: second.name, threshold: threshold)
    let file = try within(path) { () throws(EspalierError) in try encoder.file(model) }
    let files = [(path: second.path, pieces: encoder.pieces), (path: path, pieces: file.pieces)]
    try AtomicFile.write(encoder.pieces.isEmpty ? [files[1]] : files)
    if !encoder.pieces.isEmpty { second.removeFormer() }
  }

  /// The bytes of a file with `model`, weights included.
  ///
  /// - Throws: `EspalierError` as ``write(_:to:externalData:)`` does.
  package static func encode(_ model: Model) throws(EspalierError) -> [UInt8] {
    var encoder = ModelEncoder()
    return try encoder.file(model.asStored).pieces.flatMap(\.bytes)
  }
}

extension Model {
  /// The model with its whole network, and with values of the types that the file had.
  fileprivate var asStored: Model {
    get throws(EspalierError) {
      var model = self
      model.graph = try graph.whole.restoringOperators().narrowed()
      return model
    }
  }
}

extension Graph {
  /// The total bytes of the constants, including those of subgraphs.
  var constantBytes: Int {
    constants.values.reduce(0) { $0 + $1.byteCount }
      + nodes.flatMap(\.attributes.values).flatMap(\.subgraphs).reduce(0) { $0 + $1.constantBytes }
  }
}
