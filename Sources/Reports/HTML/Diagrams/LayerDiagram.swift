/// A network as a picture: its layers in order, each a bar as high as the layer is wide, with the part that was kept
/// filled, and the connections that pass layers by.
package struct LayerDiagram: Hashable, Sendable {
  /// One layer.
  package struct Layer: Hashable, Sendable {
    /// The name below the bar.
    package var name: String
    /// The block that the layer belongs to; neighbours of one block share a background.
    package var block: String
    /// The number of channels before.
    package var width: Int
    /// The number of channels kept.
    package var kept: Int
    /// Further lines of the tooltip.
    package var note: String

    /// Makes a layer.
    package init(_ name: String, block: String, width: Int, kept: Int, note: String = "") {
      self.name = name
      self.block = block
      self.width = width
      self.kept = kept
      self.note = note
    }

    /// Whether channels were removed.
    package var isCut: Bool { kept < width }
  }

  /// A connection from the output of one layer to that of a later one, to which it is added.
  package struct Link: Hashable, Sendable {
    /// The position of the earlier layer.
    package var from: Int
    /// The position of the later layer.
    package var to: Int

    /// Makes a connection.
    package init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }
  }

  /// The heading.
  package var title: String
  /// One or two sentences on how to read the picture.
  package var caption: String?
  /// The layers, from the input to the output.
  package var layers: [Layer]
  /// The connections that pass layers by.
  package var links: [Link]

  /// Makes a picture; links outside of `layers` are left out.
  package init(_ title: String, layers: [Layer], links: [Link] = [], caption: String? = nil) {
    self.title = title
    self.layers = layers
    self.links = links.filter { layers.indices.contains($0.from) && layers.indices.contains($0.to) && $0.from < $0.to }
    self.caption = caption
  }
}

extension LayerDiagram {
  /// How long the bar of so many channels is, as a fraction of the longest: lengths grow with the square root, so that
  /// the narrow layers of a network remain visible beside the wide ones.
  func length(of width: Int) -> Double {
    let widest = layers.map(\.width).max() ?? 1
    return (Double(max(width, 0)) / Double(max(widest, 1))).squareRoot()
  }

  /// Every other block, as runs of neighbouring layers: those with a background; none if each layer is its own block.
  var shadedBlocks: [Range<Int>] {
    let blocks = blocks
    guard blocks.contains(where: { $0.count > 1 }) else { return [] }
    return stride(from: 0, to: blocks.count, by: 2).map { blocks[$0] }
  }

  private var blocks: [Range<Int>] {
    layers.indices.reduce(into: []) { runs, index in
      if let last = runs.last, layers[last.lowerBound].block == layers[index].block {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
  }

  /// For each link a level, so that links that overlap are drawn apart as far as `count` levels allow.
  func levels(atMost count: Int) -> [Int] {
    var ends = [Int](repeating: -1, count: max(1, count))
    var levels = [Int](repeating: 0, count: links.count)
    for index in links.indices.sorted(by: { (links[$0].from, links[$0].to) < (links[$1].from, links[$1].to) }) {
      let level = ends.firstIndex { $0 <= links[index].from } ?? ends.count - 1
      ends[level] = max(ends[level], links[index].to)
      levels[index] = level
    }
    return levels
  }
}
