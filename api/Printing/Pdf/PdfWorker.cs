using System.Globalization;

namespace Actors.Api.Printing.Pdf;

/// <summary>
/// The other end of <see cref="PdfChecker"/>: a process that opens files which somebody sent, so that what they do to it
/// is done to it alone. Its input is a path a line, its output a line for each.
/// </summary>
internal static class PdfWorker
{
    /// <summary>The command line by which the program is this and nothing else.</summary>
    public const string Command = "check-pdf";

    /// <summary>The answer to what cannot be printed.</summary>
    public const string Refused = "refused";

    public static int Run()
    {
        while (Console.In.ReadLine() is { } path)
        {
            Console.Out.WriteLine(PdfInspection.CountPages(path) is { } pages ? pages.ToString(CultureInfo.InvariantCulture) : Refused);
            Console.Out.Flush();
        }

        return 0;
    }
}
