using System.Globalization;
using System.Text;

namespace Actors.Silo.Mail;

/// <summary>The encodings of mail headers and bodies: RFC 2047, RFC 2231, quoted-printable and base64 (RFC 2045).</summary>
internal static class MimeText
{
    private const int MaxLine = 76;
    // 48 characters in base64, 60 with what marks an encoded word: "Subject: " fits before it in a line of 76
    private const int MaxWordBytes = 36;

    /// <summary>Text for a header: as it is when plain ASCII, else encoded words on lines of their own.</summary>
    public static string HeaderText(string text)
    {
        text = OneLine(text);
        if (text.Length <= MaxLine - 20 && text.All(c => c is >= ' ' and < '\x7F') && !text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var words = new List<string>();
        var chunk = new List<byte>(MaxWordBytes);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(bytes);
            if (chunk.Count + length > MaxWordBytes)
            {
                words.Add(Word(chunk));
                chunk.Clear();
            }

            chunk.AddRange(bytes[..length]);
        }

        words.Add(Word(chunk));
        return string.Join("\r\n ", words);
    }

    /// <summary>A display name before an address: quoted when plain, so that no comma or bracket in it counts.</summary>
    public static string DisplayName(string name)
    {
        var text = HeaderText(name);
        return text.StartsWith("=?", StringComparison.Ordinal) ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A parameter such as a file name: plain for old programs, and in full for the others (RFC 2231).</summary>
    public static string Parameter(string name, string value)
    {
        value = OneLine(value).Replace('/', '_').Replace('\\', '_');
        var plain = new string([.. value.Select(c => c is >= ' ' and < '\x7F' and not '"' ? c : '_')]);
        return plain == value
            ? $"{name}=\"{plain}\""
            : $"{name}=\"{plain}\";\r\n {name}*=UTF-8''{Uri.EscapeDataString(value)}";
    }

    public static string QuotedPrintable(string text)
    {
        var result = new StringBuilder(text.Length + (text.Length / 8));
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            AppendQuotedPrintable(result, Encoding.UTF8.GetBytes(line));
            result.Append("\r\n");
        }

        return result.ToString();
    }

    public static string Base64(ReadOnlySpan<byte> content)
    {
        var text = Convert.ToBase64String(content);
        var result = new StringBuilder(text.Length + (text.Length / 32));
        for (var i = 0; i < text.Length; i += MaxLine)
        {
            result.Append(text.AsSpan(i, Math.Min(MaxLine, text.Length - i))).Append("\r\n");
        }

        return result.ToString();
    }

    /// <summary>Line breaks in a header would begin another header.</summary>
    public static string OneLine(string text) => new([.. text.Trim().Select(c => char.IsControl(c) ? ' ' : c)]);

    private static void AppendQuotedPrintable(StringBuilder result, byte[] line)
    {
        var width = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var b = line[i];
            var plain = b is (>= 33 and <= 126 and not (byte)'=') || (b is (byte)' ' or (byte)'\t' && i < line.Length - 1);
            // one place stays free for the soft line break
            if (width + (plain ? 1 : 3) > MaxLine - 1)
            {
                result.Append("=\r\n");
                width = 0;
            }

            if (plain)
            {
                result.Append((char)b);
                width++;
            }
            else
            {
                result.Append('=').Append(b.ToString("X2", CultureInfo.InvariantCulture));
                width += 3;
            }
        }
    }

    private static string Word(List<byte> bytes) => $"=?UTF-8?B?{Convert.ToBase64String([.. bytes])}?=";
}
