import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

import struct Foundation.Data

/// Decodes a `TensorProto` message into a ``Tensor``, in whichever field it stores its elements.
///
/// Every size in the message is checked against the available bytes before memory is allocated for it.
struct TensorDecoder {
  /// The folder of external data; `nil` if the bytes do not come from a file.
  var folder: String?

  func tensor(_ proto: Onnx_TensorProto) throws(EspalierError) -> Tensor {
    try proto.requireKnownFields("tensor")
    try refuse(
      proto.hasSegment, .file, "tensor", "is a segment of a larger one",
      remedy: "store it in one piece")
    let elementType = try ElementType(onnx: proto.dataType)
    guard let shape = Shape(checking: proto.dims.map { Int($0) }) else {
      throw EspalierError(.file, "tensor", "has impossible dimensions \(proto.dims)")
    }
    let storages = proto.storages
    guard storages.count <= 1 else {
      throw EspalierError(
        .file, "tensor", "keeps elements in both \(storages[0]) and \(storages[1])")
    }
    if proto.dataLocation == .external {
      guard storages.isEmpty else {
        throw EspalierError(
          .file, "tensor", "keeps elements both in \(storages[0]) and in another file")
      }
      guard let size = elementType.byteCount else {
        throw EspalierError(.file, "tensor", "keeps strings in another file")
      }
      let place = try ExternalDataPlace(decoding: proto.externalData)
      return try tensor(
        shape, elementType,
        place.read(
          in: folder, expecting: elementType.fileByteCount(shape.elementCount), alignment: size))
    }
    try refuse(
      !proto.externalData.isEmpty, .file, "tensor",
      "names another file and says that it is not there")
    if storages == ["raw_data"] {
      guard elementType.byteCount != nil else {
        throw EspalierError(.file, "tensor", "keeps strings in raw_data")
      }
      let expected = elementType.fileByteCount(shape.elementCount)
      try require(proto.rawData.count, "bytes of raw_data", expected, elementType, shape)
      return try tensor(shape, elementType, .memory(proto.rawData.withUnsafeBytes { [UInt8]($0) }))
    }
    return try typedTensor(proto, shape, elementType, storage: storages.first)
  }

  /// The remark on the tensor; a constant's name is not part of it, since nodes refer to it.
  func remark(_ proto: Onnx_TensorProto, named: Bool) throws(EspalierError) -> Remark {
    Remark(
      name: named ? proto.name : "", documentation: proto.docString,
      metadata: try OrderedDictionary(decoding: proto.metadataProps))
  }

  /// A tensor from the expected number of bytes; truth values must be 0 or 1.
  func tensor(_ shape: Shape, _ elementType: ElementType, _ bytes: ByteStorage)
    throws(EspalierError) -> Tensor
  {
    if elementType.isPacked {
      return Tensor(shape: shape, elementType: elementType, packed: bytes.bytes)
    }
    if elementType == .bool, let wrong = bytes.withUnsafeBytes({ $0.first { $0 > 1 } }) {
      throw EspalierError(.file, "tensor", "holds \(wrong) where a truth value, 0 or 1, is due")
    }
    return Tensor(shape: shape, elementType: elementType, storage: bytes)
  }

  /// Checks that the number of stored elements matches the dimensions.
  func require(
    _ count: Int, _ things: String, _ expected: Int, _ elementType: ElementType, _ shape: Shape
  ) throws(EspalierError) {
    guard count == expected else {
      throw EspalierError(
        .file, "tensor", "has \(count) \(things) where \(elementType) \(shape) needs \(expected)")
    }
  }
}

extension Onnx_TensorProto {
  /// The fields that hold elements: at most one, in a valid file.
  fileprivate var storages: [String] {
    let present: [(Bool, String)] = [
      (!rawData.isEmpty, "raw_data"), (!floatData.isEmpty, "float_data"),
      (!int32Data.isEmpty, "int32_data"),
      (!int64Data.isEmpty, "int64_data"), (!doubleData.isEmpty, "double_data"),
      (!uint64Data.isEmpty, "uint64_data"), (!stringData.isEmpty, "string_data"),
    ]
    return present.filter(\.0).map(\.1)
  }
}
