import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

/// Encodes a ``Model`` as a `ModelProto` message in pieces, and collects those of the second file. The constants of the
/// model's own graph are not copied.
struct ModelEncoder {
  /// The name of the second file; `nil` if there is none.
  var location: String?
  /// The size in bytes above which weights are stored in the second file.
  var threshold = Int.max
  /// The contents of the second file so far, including padding.
  private(set) var pieces: [ByteStorage] = []
  /// The constants of the model's own graph.
  private(set) var constants = MessagePieces()
  private var offset = 0

  init(location: String? = nil, threshold: Int = .max) {
    (self.location, self.threshold) = (location, threshold)
  }

  /// The file of `model`.
  ///
  /// - Throws: `EspalierError` if the model cannot be represented, or is larger than one file can be.
  mutating func file(_ model: Model) throws(EspalierError) -> MessagePieces {
    var shell = try message(model)
    let (nodes, values) = try WireMessage(encoded: serialize(shell.graph)).split(
      behind: WireField.Graph.initializers)
    var graph = MessagePieces(nodes)
    graph.append(constants)
    graph.append(values)
    shell.clearGraph()
    let (head, tail) = try WireMessage(encoded: serialize(shell)).split(
      behind: WireField.Model.graph)
    var file = MessagePieces(head)
    file.append(graph, asField: WireField.Model.graph)
    file.append(tail)
    guard file.byteCount <= largestMessage else { throw tooLarge }
    return file
  }

  /// Adds a constant of the model's own graph.
  mutating func add(_ tensor: Tensor, _ remark: Remark, name: String) throws(EspalierError) {
    var proto = frame(tensor, remark, name: name)
    var message: MessagePieces
    if tensor.elementType == .string {
      proto.stringData = tensor.stringData
      message = MessagePieces(try serialize(proto))
    } else if let entries = place(tensor.fileStorage) {
      (proto.dataLocation, proto.externalData) = (.external, entries)
      message = MessagePieces(try serialize(proto))
    } else {
      let (head, tail) = try WireMessage(encoded: serialize(proto)).split(
        behind: WireField.Tensor.rawData)
      message = MessagePieces(head)
      message.append(tensor.fileStorage, asField: WireField.Tensor.rawData)
      message.append(tail)
    }
    constants.append(message, asField: WireField.Graph.initializers)
  }

  /// The model without the constants of its own graph.
  private mutating func message(_ model: Model) throws(EspalierError) -> Onnx_ModelProto {
    try model.requireRepresentable()
    var proto = Onnx_ModelProto()
    proto.irVersion = Int64(
      model.storesUndeclared ? max(model.formatVersion, 4) : model.formatVersion)
    proto.opsetImport = model.graph.opsets.map { domain, version in
      .with { ($0.domain, $0.version) = (domain, Int64(version)) }
    }
    proto.setText(\.producerName, model.producerName)
    proto.setText(\.producerVersion, model.producerVersion)
    proto.setText(\.domain, model.domain)
    if model.version != 0 { proto.modelVersion = Int64(model.version) }
    proto.setText(\.docString, model.documentation)
    proto.graph = try message(model.graph, depth: 0)
    proto.metadataProps = model.metadata.entries
    return proto
  }

  /// The entries that refer to `bytes` in the second file; `nil` if they are stored in the message.
  ///
  /// Each weight starts at a multiple of 4096, so that it can be memory-mapped.
  mutating func place(_ bytes: ByteStorage) -> [Onnx_StringStringEntryProto]? {
    guard let location, bytes.count > threshold else { return nil }
    let padding = -offset & 4095
    if padding > 0 { pieces.append(.memory([UInt8](repeating: 0, count: padding))) }
    pieces.append(bytes)
    let place = ExternalDataPlace(location: location, offset: offset + padding, length: bytes.count)
    offset += padding + bytes.count
    return place.entries
  }
}

extension Model {
  /// Whether a constant is not declared as an input, which the format allows from version 4: pruning stores new
  /// constants.
  fileprivate var storesUndeclared: Bool {
    !Set(graph.inputs.map(\.name)).isSuperset(of: graph.constants.keys)
  }
}

extension Message {
  /// Sets a text field unless the text is empty: an empty and an absent text are equivalent.
  mutating func setText(_ field: WritableKeyPath<Self, String>, _ text: String) {
    if !text.isEmpty { self[keyPath: field] = text }
  }
}
