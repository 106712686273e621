using Actors.Api.Pages;

namespace Actors.Api.Printing;

/// <summary>The pages of printing: for those who print, for kiosks, and for the staff.</summary>
internal static class PrintPages
{
    public static void MapPrintPages(this IEndpointRouteBuilder app)
    {
        app.MapPage("/print", "print.html");
        app.MapPage("/terminal", "terminal.html");
        app.MapPage("/terminals", "terminals.html");
    }
}
