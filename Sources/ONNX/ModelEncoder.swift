import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

/// Turns a ``Model`` into the message `ModelProto`, and collects the bytes that go to a second file.
struct ModelEncoder {
  /// The name of the second file; `nil` where all bytes stay in the first.
  var location: String?
  /// Weights of more bytes than this go to the second file.
  var threshold = Int.max
  /// What the second file holds so far, padding included.
  private(set) var pieces: [[UInt8]] = []
  private var offset = 0

  init(location: String? = nil, threshold: Int = .max) {
    (self.location, self.threshold) = (location, threshold)
  }

  mutating func message(_ model: Model) throws(EspalierError) -> Onnx_ModelProto {
    try model.requireRepresentable()
    if threshold == .max, model.graph.constantBytes > largestMessage { throw tooLarge }  // before it is copied
    var proto = Onnx_ModelProto()
    proto.irVersion = Int64(model.storesUndeclared ? max(model.formatVersion, 4) : model.formatVersion)
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

  /// The entries that stand for `bytes` in a message, where they go to the second file; else `nil`.
  ///
  /// Each begins at a multiple of 4096, so that it can be mapped into memory.
  mutating func place(_ bytes: [UInt8]) -> [Onnx_StringStringEntryProto]? {
    guard let location, bytes.count > threshold else { return nil }
    let padding = -offset & 4095
    if padding > 0 { pieces.append([UInt8](repeating: 0, count: padding)) }
    pieces.append(bytes)
    let place = ExternalDataPlace(location: location, offset: offset + padding, length: bytes.count)
    offset += padding + bytes.count
    return place.entries
  }
}

extension Model {
  /// Whether something is stored that is no input, which the format allows from version 4 on: pruning stores what it computed.
  fileprivate var storesUndeclared: Bool {
    !Set(graph.inputs.map(\.name)).isSuperset(of: graph.constants.keys)
  }
}

extension Message {
  /// Sets a text, where there is any: an empty one and none are the same thing.
  mutating func setText(_ field: WritableKeyPath<Self, String>, _ text: String) {
    if !text.isEmpty { self[keyPath: field] = text }
  }
}
