import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The resizing that a node requests: the sizes and the interpolation of all axes.
struct ResizeRequest: Sendable {
  /// Every axis of the input.
  let axes: [ResizedAxis]
  /// The axes that the node names; all if it names none.
  let named: [Int]
  /// The interpolation along each axis.
  let taps: [AxisTaps]

  /// Reads a node.
  init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.floatInput(0).shape
    guard !shape.contains(0) else { throw call.error("has nothing to resize in an input of shape \(shape)") }
    named = try call.axes(try call.ints("axes") ?? Array(shape.indices))
    var axes = shape.map { ResizedAxis(size: $0, count: $0, scale: 1) }
    let sizes = named.map { shape[$0] }
    let changed: [ResizedAxis]
    if let stated = try call.statedSizes() {
      changed = try call.axes(of: sizes, to: stated)
    } else {
      changed = try call.scaledAxes(of: sizes)
    }
    for (axis, change) in zip(named, changed) { axes[axis] = change }
    let alignment = try call.alignment()
    if alignment == .tensorflowCrop {
      let region = try call.floats("roi", orInput: 1) ?? []
      guard region.count == 2 * named.count else {
        throw call.error("cannot crop \(named.count) axes to \(region)")
      }
      for (position, axis) in named.enumerated() {
        axes[axis].region = (region[position], region[position + named.count])
      }
    }
    // Taps are stored for each element of an axis, so sizes are checked first.
    guard axes.allSatisfy({ $0.size <= Invocation.largest && $0.count <= Invocation.largest }),
      let result = Shape(checking: axes.map(\.count))
    else { throw call.error("cannot resize \(shape) to \(axes.map(\.count))") }
    try SystemMemory.check(
      4 * Double(result.elementCount), for: call.subject, mostly: "its result of \(result)",
      remedy: "resize to a smaller shape")
    var taps = axes.map { AxisTaps(keeping: $0.size) }
    for position in named.sorted() {
      let axis = axes[position]
      guard axis.count != axis.size || axis.scale != 1 || alignment == .tensorflowCrop else { continue }
      let filter = try call.filter(axis)
      guard
        let own = filter.taps(
          axis, alignment, excludesOutside: try call.excludesOutside(filter), isStretched: try call.flag("antialias"))
      else {
        throw call.error("cannot resize \(axis.size) elements to \(axis.count)")
      }
      taps[position] = own
    }
    (self.axes, self.taps) = (axes, taps)
  }
}

extension Invocation {
  /// The largest size of an axis: wider than any image.
  fileprivate static var largest: Int { 1 << 20 }

  /// The requested sizes, if they are stated; before operator set 11 there are only scales.
  fileprivate func statedSizes() throws(EspalierError) -> [Int]? {
    guard opset >= 11, let sizes = try ints("sizes", orInput: 3), !sizes.isEmpty else { return nil }
    return sizes
  }

  /// Axes of the sizes `shape` resized to others: each on its own, or all by one scale if the aspect ratio is to be
  /// kept.
  fileprivate func axes(of shape: [Int], to sizes: [Int]) throws(EspalierError) -> [ResizedAxis] {
    guard sizes.count == shape.count, sizes.allSatisfy({ (1...Self.largest).contains($0) }) else {
      throw error("cannot give \(shape.count) axes the sizes \(sizes)")
    }
    let ratios = zip(sizes, shape).map { Float($0) / Float($1) }
    let scale: Float?
    switch try string("keep_aspect_ratio_policy", default: "stretch") {
    case "stretch": scale = nil
    case "not_larger": scale = ratios.min()
    case "not_smaller": scale = ratios.max()
    case let policy: throw unsupported("does not know the policy \"\(policy)\"")
    }
    guard let scale else {
      return shape.indices.map { ResizedAxis(size: shape[$0], count: sizes[$0], scale: ratios[$0]) }
    }
    return try shape.map { (size) throws(EspalierError) in
      try axis(of: size, scale: scale, count: (scale * Float(size)).rounded())
    }
  }

  /// Axes of the sizes `shape` resized by the requested scales.
  fileprivate func scaledAxes(of shape: [Int]) throws(EspalierError) -> [ResizedAxis] {
    let scales = try floats("scales", orInput: opset < 11 ? 1 : 2) ?? []
    guard scales.count == shape.count else { throw error("cannot scale \(shape.count) axes by \(scales)") }
    return try zip(shape, scales).map { (size, scale) throws(EspalierError) in
      try axis(of: size, scale: scale, count: (scale * Float(size)).rounded(.down))
    }
  }

  private func axis(of size: Int, scale: Float, count: Float) throws(EspalierError) -> ResizedAxis {
    guard count >= 1, count <= Float(Self.largest) else {
      throw error("cannot scale an axis of \(size) elements by \(scale)")
    }
    return ResizedAxis(size: size, count: Int(count), scale: scale)
  }

  /// The alignment of the axes.
  fileprivate func alignment() throws(EspalierError) -> ResizedAxis.Alignment {
    let standard = opset < 11 ? "asymmetric" : "half_pixel"
    let name = try string("coordinate_transformation_mode", default: standard)
    guard let alignment = ResizedAxis.Alignment(rawValue: name) else {
      throw unsupported("does not know the coordinates \"\(name)\"")
    }
    return alignment
  }

  /// Whether elements out of range are left out, instead of the border being repeated.
  fileprivate func excludesOutside(_ filter: ResizeFilter) throws(EspalierError) -> Bool {
    let isAsked = try flag("exclude_outside")
    switch filter {
    case .nearest: return false
    case .linear: return try flag("antialias") ? isAsked : false
    case .cubic: return isAsked
    }
  }

  /// The interpolation filter of an axis.
  fileprivate func filter(_ axis: ResizedAxis) throws(EspalierError) -> ResizeFilter {
    switch try string("mode", default: "nearest") {
    case "nearest":
      // Before operator set 11 the rounding is unspecified; this is the practice of runtimes.
      let standard = opset >= 11 ? "round_prefer_floor" : axis.scale < 1 ? "ceil" : "floor"
      let name = try string("nearest_mode", default: standard)
      guard let rounding = ResizeFilter.Rounding(rawValue: name) else {
        throw unsupported("does not know the rounding \"\(name)\"")
      }
      return .nearest(rounding)
    case "linear": return .linear
    case "cubic": return .cubic(a: try float("cubic_coeff_a", default: -0.75))
    case let mode: throw unsupported("does not know the mode \"\(mode)\"")
    }
  }
}
