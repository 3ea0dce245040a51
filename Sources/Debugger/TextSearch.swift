extension String {
  /// Where `text` occurs first. The standard library's own search belongs to its regular expressions, which the static
  /// program does without.
  package func firstPlace(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }

  package func includes(_ text: String) -> Bool { firstPlace(of: text) != nil }

  package func replacingAll(_ text: String, by other: String) -> String {
    var result = ""
    var rest = self
    while let place = rest.firstPlace(of: text) {
      result += rest[..<place.lowerBound] + other
      rest = String(rest[place.upperBound...])
    }
    return result + rest
  }
}
