"""Given names of the West: first names after which a particle begins a family name.

`Luc Van Gool` is a Van Gool; `Tu Van Nguyen` is a Nguyen. Common names of Dutch, English,
French, German, Italian, Portuguese, Scandinavian, Slavic and Spanish, folded.
"""

from typing import Final

GIVEN_NAMES: Final = frozenset(
    """
    aaron achille adam adele adolfo adrian adriana adriano adrien agnes agostino alain
    alan albert alberto albrecht aldo alec alejandra alejandro alessandra alessandro
    alessia alessio alex alexander alexandra alexandre alexis alfons alfonso alfred
    alfredo alice alicia aline allan alvaro alvise amanda amelie ana anders andre andrea
    andreas andree andres andrew andy angel angela angelique angelo anita ann anna
    annalisa anne anneke annelies annemarie annette annick anouk anthony antoine anton
    antonella antonia antonin antonino antonio arjan armand arnaud arne arno arnold
    arnout arthur arturo astrid augustin aurelie aurelien aurelio austin axel barbara
    barry bart bas bastian bastien beatrice beatriz ben benedetta benedetto benedict
    benedicte benjamin benoit bernard bernardo bernd bernhard bert bertrand betty bianca
    bill bjorn bob boris brad bram brandon brecht brian brice brigitte bruce bruno
    camilla camille camillo carina carl carla carlo carlos carlotta carmelo carmen
    carmine carol carole carolien carolina caroline carolyn carsten casper caterina
    catharina catherine cecile cecilia cedric celine cesar cesare charles charlotte
    chiara chloe chris christel christian christiane christina christine christof
    christoph christophe christopher cindy claire clara claude claudia claudine claudio
    clemens clement coen colette colin constance cora corinne cornelia cornelis corrado
    cosimo craig cristian cristiana cristiano cristina cristoforo cynthia cyril daan
    damiano damien dan dana daniel daniela daniele danielle danilo danny dario dave
    david davide davy dean deborah delphine denis dennis diana diane didier diederik
    diego dieter dimitri dino dirk domenico dominic dominik dominique don donald
    donatella donato dorian doris dorothee douglas dries duncan edgar edith edmond
    edoardo eduard eduardo edward edwin eelco elaine elena eleonora eli elia elias elio
    elisa elisabeth elisabetta elise elizabeth ella ellen els elsa emanuel emanuela
    emanuele emil emile emilia emiliano emilie emilio emily emma emmanuel emmanuelle
    enrica enrico enrique enzo eric erica erich erik erika erin ernest ernesto ernst
    erwan erwin estelle esther etienne eugene eugenio eva evelyn evelyne fabian fabiana
    fabien fabienne fabio fabiola fabrice fabrizio federica federico felice felipe felix
    ferdinand ferdinando fernanda fernando filip filippo flavia flavio flora florence
    florent florian florin floris fran frances francesca francesco francis francisco
    franck franco francois francoise frank franz fred freddy frederic frederica
    frederick frederik frederique friedrich frits fulvio gabriel gabriela gabriele
    gabriella gabrielle gael gaetan gaetano gareth gary gaspard gaspare gauthier geert
    genevieve gennaro geoffrey geoffroy georg george georges gerald gerard gerardo gerd
    gerhard germain germano gert giacomo giampaolo giancarlo gianfranco gianluca
    gianluigi gianmarco gianni gianpaolo gilbert gilles gina gino giordano giorgia
    giorgio giovanna giovanni gisele giulia giuliana giuliano giulio giuseppe giuseppina
    glenn gloria gonzalo gordon grace graham grant greet greg gregoire gregor gregory
    guido guilhem guillaume guillermo gunnar gunther gustaaf gustavo guy hadewych hannah
    hannes hans harald harold harry hector heidi heike heinrich heinz helen helena
    helene helmut hendrik henk hennie henri henrik henry herbert herman hermann herve
    hilde holger horst hubert hugo hugues ian ignacio ilaria ilse ines ingrid irene iris
    isaac isabel isabella isabelle ivan ivo jaap jack jackie jacob jacobus jacopo
    jacqueline jacques jaime jakob james jamie jan jana jane janet janine jared jasmine
    jason jasper javier jean jeanne jef jeff jeffrey jelle jennifer jenny jens jeremie
    jeremy jeroen jerome jerry jesper jesse jessica jesus jill jim joachim joan joanna
    joaquin jochen joe joel joelle johan johann johanna johannes john johnny jolien jon
    jonas jonathan jordan jordi jorge joris jorn jos jose josef josep joseph josephine
    josh joshua josue joyce juan judith jules julia julian juliana julie julien juliette
    julio julius jurgen justin justine karel karen karin karina karine karl karla
    karsten katarina kate katharina katherine kathleen kathryn katia katrien kay keith
    kelly ken kenneth kenny kerstin kevin kim-marie klaas klaus koen koenraad konrad
    kris kristel kristian kristin kristina kristof kristopher kurt lander larry lars
    laura laure laurence laurens laurent lauriane lea leandro leif lena lennart leo leon
    leonard leonardo leonie leopold leslie liesbeth lieve lieven liliana linda lionel
    lisa lise liza loic lorena lorenzo loris lotte louis louisa louise luc luca lucas
    lucia luciana luciano lucie lucien lucio ludo ludovic ludovico luigi luis luisa luiz
    lukas luke lydia lynn maarten madeleine magali magnus maike manfred manlio manon
    manuel manuela mara marc marcel marcella marcello marcelo marcin marco marcos marcus
    margaret margarita margaux margherita maria marianna marianne marie marika marilena
    marina mario marion marjolein mark markus marlene marloes marta martha martijn
    martin martina martine mary massimiliano massimo mateo mathias mathieu mathilde matt
    matteo matthew matthias matthieu matthijs maud maura maurice maurits maurizio mauro
    max maxim maxime maximilian melanie melissa menno mercedes merlijn michael michaela
    michal michel michela michelangelo michele michelle michiel miguel mikael mike milan
    milena miranda mireille mirko mitchell monica monika monique morgan morgane moritz
    myriam nadia nadine nancy natacha natalia natalie natasha nathalie nathan neil nele
    nelson niccolo nicholas nick nicki nico nicola nicolas nicole nicoletta nicolo niels
    nigel niklas nikolas nils nina noel noemi nora norbert norma norman oliver olivia
    olivier orlando oscar oskar ottavio otto pablo paola paolo pascal pascale pasquale
    patrice patricia patricio patrick patrizia patty paul paula paulien pauline paulo
    pedro peggy peter petra phil philip philipp philippe phillip pier pierfrancesco
    pierluigi pierpaolo pierre piet pieter pietro pilar pol quentin quinten rachel
    rafael raffaele raffaella rainer ralf ralph ramon ramona randall raoul raphael raul
    ray raymond rebecca reinhard reinier remco remi remy renata renato renaud rene renee
    renzo reto ricardo riccardo richard rick rita rob robbe robert roberta roberto robin
    rocco rodolfo rodolphe rodrigo roel roeland roger roland rolf romain romano romeo
    romina ron ronald ronny rosa rosanna rosario rose roy ruben rudi rudolf rudy rupert
    ruth ryan sabina sabine sabrina salvador salvatore sam samantha samuel samuele
    sander sandra sandrine sandro santiago sara sarah sascha scott sean sebastiaan
    sebastian sebastien serena serge sergio severine silke silvain silvana silvano
    silvia silvio simon simona simone sofia sofie solange sonia sonja sophie stan
    stanislas stef stefaan stefan stefania stefanie stefano steffen stephan stephane
    stephanie stephen steve steven stijn stuart susan susana susanna susanne suzanne
    svein sven sylvain sylvia sylvie tamara tania tanja tatiana ted teresa terry thea
    theo theodore theresa therese thibault thibaut thierry thijs thomas thorsten tibor
    tijl tijs till tim timothy tina tine tiziana tiziano tobias todd tom tomas tommaso
    tony toon torsten tristan troy ugo ulrich ulrike umberto ursula valentin valentina
    valentino valeria valerie valerio vanessa vera veronica veronique vicente victor
    vincent vincenza vincenzo virginia virginie vito vittoria vittorio viviane vivien
    walter wanda warren wayne wendy werner wesley wilfried willem william wim wolfgang
    wouter xavier yann yannick yolande yvan yves yvette yvonne zachary zoe
    """.split()
)
