import EspalierFiles
import EspalierGraph
import EspalierTensors

/// BERT, a text encoder: embeddings, then blocks of attention and two dense layers, each followed by a residual
/// addition and a layer normalisation.
///
/// J. Devlin, M.-W. Chang, K. Lee and K. Toutanova, "BERT: pre-training of deep bidirectional transformers" (NAACL
/// 2019), section 3; the blocks are those of A. Vaswani et al., "Attention is all you need" (NeurIPS 2017), section
/// 3.1. MiniLM has the same architecture.
package struct BERT: Hashable, Sendable {
  /// The activation functions between the two dense layers of a block.
  package enum Activation: String, Hashable, Sendable {
    case gelu
    case geluNew = "gelu_new"
    case geluTanh = "gelu_pytorch_tanh"
    case relu
  }

  /// The output of the network.
  package enum Task: Hashable, Sendable {
    /// The hidden state at every position, `B x S x D`.
    case features
    /// One logit for each class, from the first position: a dense layer with `tanh` (the pooler), then one to the
    /// classes.
    case classification(labels: Int)
  }

  /// The number of blocks.
  package var layers = 12
  /// The width of the hidden state: D.
  package var hiddenSize = 768
  /// The number of attention heads.
  package var heads = 12
  /// The width between the two dense layers of a block.
  package var intermediateSize = 3072
  /// The number of tokens in the vocabulary.
  package var vocabularySize = 30522
  /// The maximum length of a text in tokens.
  package var places = 512
  /// The number of token types: one for each text of a pair.
  package var tokenTypes = 2
  /// The epsilon of the layer normalisations, added to the variance.
  package var epsilon: Float = 1e-12
  /// The activation between the two dense layers of a block.
  package var activation = Activation.gelu
  /// The standard deviation of initial weights.
  package var deviation = 0.02

  /// BERT-base, uncased.
  package init() {}

  /// The largest supported number of blocks.
  private static let mostLayers = 4096

  /// Whether the sizes fit together.
  package var isConsistent: Bool {
    [layers, hiddenSize, heads, intermediateSize, vocabularySize, places, tokenTypes].allSatisfy { $0 > 0 }
      && hiddenSize % heads == 0 && layers <= Self.mostLayers
  }

  /// The number of weights of the encoder, without biases and normalisations: a `Double`, because sizes from a file may
  /// overflow an `Int`.
  var weightCount: Double {
    let (width, inner) = (Double(hiddenSize), Double(intermediateSize))
    let embeddings = (Double(vocabularySize) + Double(places) + Double(tokenTypes)) * width
    return embeddings + Double(layers) * (4 * width * width + 2 * width * inner)
  }
}

extension BERT {
  /// The network described by a `config.json` of the transformers library.
  ///
  /// - Throws: `EspalierError` if the file is not such a configuration, describes another kind of network, or uses an
  ///   unsupported feature.
  package init(configuration path: String) throws(EspalierError) {
    let json = try JSONValue(parsing: FileContents.read(path), subject: path)
    self.init()
    if let kind = json["model_type"]?.string, kind != "bert" {
      throw EspalierError(
        .model, path, "describes a network of type \(kind)", remedy: "only bert is built here; export others as ONNX")
    }
    func integer(_ name: String, _ place: WritableKeyPath<BERT, Int>) throws(EspalierError) {
      guard let value = json[name], !value.isNull else { return }
      guard let number = value.integer else { throw EspalierError(.file, path, "\"\(name)\" is not a whole number") }
      self[keyPath: place] = number
    }
    try integer("num_hidden_layers", \.layers)
    try integer("hidden_size", \.hiddenSize)
    try integer("num_attention_heads", \.heads)
    try integer("intermediate_size", \.intermediateSize)
    try integer("vocab_size", \.vocabularySize)
    try integer("max_position_embeddings", \.places)
    try integer("type_vocab_size", \.tokenTypes)
    if let value = json["layer_norm_eps"]?.double { epsilon = Float(value) }
    if let value = json["initializer_range"]?.double { deviation = value }
    if let name = json["hidden_act"]?.string {
      guard let known = Activation(rawValue: name) else {
        throw EspalierError(
          .model, path, "asks for the activation \"\(name)\"",
          remedy: "known are gelu, gelu_new, gelu_pytorch_tanh, relu")
      }
      activation = known
    }
    if let kind = json["position_embedding_type"]?.string, kind != "absolute" {
      throw EspalierError(
        .model, path, "asks for positions of the kind \"\(kind)\"", remedy: "only absolute ones are built here")
    }
    if json["is_decoder"]?.bool == true {
      throw EspalierError(.model, path, "describes a decoder, and only encoders are built here")
    }
    guard isConsistent else {
      throw EspalierError(
        .file, path,
        "has sizes that do not fit: \(hiddenSize) is not \(heads) heads of one size, one is not positive, "
          + "or there are more than \(Self.mostLayers) layers")
    }
  }
}

extension JSONValue {
  /// The value as a number, whether it is written as an integer or not.
  fileprivate var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
