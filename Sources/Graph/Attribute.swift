import EspalierTensors

/// A named setting of a node, called an attribute in ONNX.
package indirect enum Attribute: Hashable, Sendable {
  case int(Int64)
  case float(Float)
  case string(String)
  case tensor(Tensor)
  case graph(Graph)
  case ints([Int64])
  case floats([Float])
  case strings([String])
  case tensors([Tensor])
  case graphs([Graph])
  /// A value of another type (a sparse tensor, a type), as the file encodes the attribute.
  case other([UInt8])
}
