using System.Text;
using Actors.Mail;
using Actors.Silo.Mail;

namespace Actors.Unit.Tests.Mail;

public sealed class MimeMessageTests
{
    private static readonly DateTimeOffset Date = new(2026, 11, 22, 9, 5, 1, TimeSpan.FromHours(1));
    private static readonly MailParty From = new("counter@example.org", "Le guichet, accueil");
    private static readonly OutgoingMail Mail = new("mail-1", [new("ada@example.org", "Ada")], "Bonjour", "Texte");

    [Fact]
    public void Write_PlainMail_HasItsHeaders()
    {
        var text = MimeMessage.Write(Mail, From, Date);

        Assert.Contains("Date: Sun, 22 Nov 2026 08:05:01 +0000\r\n", text, StringComparison.Ordinal);
        Assert.Contains("From: \"Le guichet, accueil\" <counter@example.org>\r\n", text, StringComparison.Ordinal);
        Assert.Contains("To: \"Ada\" <ada@example.org>\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated\r\n", text, StringComparison.Ordinal);
        Assert.Contains("@example.org>\r\n", text.Split("Message-ID: ")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SameMail_GivesTheSameBytes() => Assert.Equal(MimeMessage.Write(Mail, From, Date), MimeMessage.Write(Mail, From, Date));

    [Fact]
    public void Write_AnyMail_IsAsciiInShortLines()
    {
        var mail = Mail with
        {
            Subject = string.Concat(Enumerable.Repeat("Réunion d'été 🎉 ", 20)),
            Text = new string('é', 500) + "\n" + new string(' ', 200) + "\n.\n",
            Html = "<p>" + new string('x', 2000) + "</p>",
            Attachments = [new("rapport d'été.pdf", "application/pdf", new byte[1000])],
            To = [.. Enumerable.Range(0, 30).Select(i => new MailParty($"someone{i}@example.org", $"Prénom Nom {i}"))],
        };

        foreach (var line in MimeMessage.Write(mail, From, Date).Split("\r\n"))
        {
            Assert.True(line.Length <= 78, line);
            Assert.All(line, c => Assert.True(c is >= ' ' and < '\x7F' or '\t', line));
        }
    }

    [Theory]
    [InlineData("Hi\r\nBcc: evil@example.org")]
    [InlineData("Hi\nBcc: evil@example.org")]
    [InlineData("Hi\rBcc: evil@example.org")]
    public void Write_SubjectWithLineBreaks_AddsNoHeader(string subject)
    {
        var text = MimeMessage.Write(Mail with { Subject = subject }, From with { Name = subject }, Date);

        Assert.DoesNotContain("\nBcc", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\rBcc", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AttachmentNameWithTricks_StaysOneParameter()
    {
        var mail = Mail with { Attachments = [new("a\"; x=\r\nBcc: e@x.org/../été.pdf", "text/html\r\nBcc: e@x.org", "x"u8.ToArray())] };
        var text = MimeMessage.Write(mail, From, Date);

        Assert.DoesNotContain("\nBcc", text, StringComparison.Ordinal);
        Assert.Contains("application/octet-stream", text, StringComparison.Ordinal);
        Assert.Contains("filename*=UTF-8''", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a=b", "a=3Db\r\n")]
    [InlineData("end ", "end=20\r\n")]
    [InlineData("é", "=C3=A9\r\n")]
    [InlineData("a\r\nb\rc\nd", "a\r\nb\r\nc\r\nd\r\n")]
    public void QuotedPrintable_Text_IsEncoded(string text, string expected) => Assert.Equal(expected, MimeText.QuotedPrintable(text));

    [Fact]
    public void HeaderText_LongText_SplitsBetweenCharacters()
    {
        var words = MimeText.HeaderText(string.Concat(Enumerable.Repeat("🎉", 40))).Split("\r\n ");

        Assert.True(words.Length > 1);
        Assert.All(words, word => Assert.True(word.Length <= 75));
        Assert.Equal(string.Concat(Enumerable.Repeat("🎉", 40)), string.Concat(words.Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word[10..^2])))));
    }

    [Theory]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData("a\r\n.b", "a\r\n..b\r\n.\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    public void DotStuff_Message_CannotEndEarly(string message, string expected) => Assert.Equal(expected, SmtpSession.DotStuff(message));
}
