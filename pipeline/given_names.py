"""Given names that people of many countries bear, as far as they are no other word where a reply would write it."""

_WESTERN = """
Aaron Abby Abigail Adam Adrian Aidan Aileen Alan Albert Alec Alex Alexander Alexandra Alexis Alfred Alice Alicia Alison
Allison Alyssa Amanda Amelia Amy Andrea Andrew Andy Angela Angie Anita Ann Anna Anne Annie Anthony Antonia Antony April
Archie Arnold Arthur Ashley Audrey Barbara Barry Beatrice Becky Ben Benjamin Bernard Beth Bethany Betty Bob Bobby Brad
Bradley Brandon Brenda Brian Bridget Brittany Bruce Bryan Caitlin Callum Cameron Carl Carla Carol Caroline Carolyn
Catherine Cathy Cecilia Charles Charlie Chelsea Cheryl Chloe Chris Christina Christine Christopher Cindy Claire Clara
Clare Colin Connor Craig Crystal Curtis Cynthia Daisy Damian Dan Daniel Danielle Danny Darren Dave David Dawn Dean
Debbie Deborah Debra Denise Dennis Derek Diana Diane Dominic Donald Donna Doris Dorothy Doug Douglas Duncan Dylan Eddie
Edgar Edith Edmund Edward Edwin Eileen Elaine Eleanor Elena Eliot Elizabeth Ella Ellen Elliot Ellie Emily Emma Eric
Erica Erin Ethan Eugene Eva Evan Evelyn Felicity Fiona Frances Francis Frank Fred Freddie Frederick Gabriel Gareth
Gary Gavin Gemma Geoffrey George Georgia Georgina Gerald Gillian Gina Glenn Gloria Gordon Graham Greg Gregory Gwen
Hannah Harold Harriet Harry Harvey Hazel Heather Helen Henry Herbert Holly Howard Hugh Hugo Ian Imogen Irene Isaac
Isabel Isabella Isla Ivan Jackie Jacob Jacqueline Jake James Jamie Jane Janet Janice Jared Jason Jayden Jean Jeff
Jeffrey Jenna Jennifer Jenny Jeremy Jerry Jesse Jessica Jill Jim Jimmy Joan Joanna Joanne Jodie Joe Joel John Johnny
Jonathan Jordan Joseph Joshua Joyce Juan Judith Judy Julian Julie Justin Karen Karl Kate Katherine Kathleen Kathryn
Kathy Katie Kayla Keith Kelly Kelsey Kenneth Kerry Kevin Kieran Kim Kimberly Kirsty Kristen Kristin Kyle Larry Laura
Lauren Laurence Lawrence Leah Lee Leo Leonard Leslie Lewis Liam Lillian Lily Linda Lindsay Lisa Logan Lois Lorraine
Louis Louisa Louise Lucas Lucy Luke Lydia Lynn Maggie Malcolm Marcus Margaret Maria Marian Marie Marilyn Marion
Marjorie Martha Martin Mary Mason Matt Matthew Maureen Maya Megan Melanie Melissa Mia Michael Michelle Mike Mildred
Molly Monica Morgan Nancy Naomi Natalie Natasha Nathan Nathaniel Neil Nicholas Nick Nicola Nicole Nigel Noah Nora
Norman Oliver Olivia Oscar Owen Paige Pamela Patricia Patrick Paul Paula Pauline Peggy Penelope Peter Phil Philip
Phillip Phoebe Phyllis Poppy Priscilla Rachel Ralph Raymond Rebecca Richard Rita Rob Robert Roberta Robin Rodney
Roger Ronald Ronnie Rory Rosemary Rosie Ross Roy Russell Ruth Ryan Sally Sam Samantha Samuel Sandra Sara Sarah Scott
Sean Sebastian Shannon Sharon Shaun Sheila Shirley Simon Sophia Sophie Spencer Stacey Stanley Stella Stephanie Stephen
Steve Steven Stuart Sue Susan Suzanne Sylvia Tamara Tammy Tara Ted Teresa Terry Tessa Thelma Theo Theodore Theresa
Thomas Tiffany Tim Timothy Tina Toby Todd Tom Tommy Tony Tracey Tracy Travis Trevor Tristan Tyler Valerie Vanessa
Vera Veronica Vicky Victor Vincent Viola Virginia Vivian Walter Wanda Warren Wayne Wendy Wesley Whitney William Yvonne
Yvette Zachary Zach Zara Zoe
"""
_GERMAN = """
Achim Agnes Albrecht Alina Alois Amelie Andreas Anette Angelika Anika Anja Anke Anneliese Annette Annika Ansgar Antje
Anton Armin Arne Astrid August Axel Barbel Bastian Beate Bernd Bernhard Bert Bettina Birgit Birgitta Björn Brigitte
Britta Burkhard Carina Carmen Carsten Christa Christian Christiane Christoph Claudia Clemens Corinna Cornelia Dagmar
Daniela Detlef Dieter Dietmar Dirk Dominik Doreen Dorothea Eberhard Eckhard Edeltraud Egon Elfriede Elisabeth Elke
Elsbeth Emil Erich Erika Erwin Esther Ewald Fabian Felix Ferdinand Finn Florian Franka Franz Franziska Frauke Frieda
Friedrich Fritz Gabriele Georg Gerd Gerda Gerhard Gertrud Gisela Gottfried Greta Gudrun Guido Gunther Günter Günther
Gustav Hanna Hannelore Hannes Hans Harald Hartmut Hedwig Heidi Heike Heiko Heiner Heinrich Heinz Helene Helga Helmut
Hendrik Henning Henrik Henrike Herbert Hermann Hildegard Holger Horst Hubert Ilona Ilse Inga Ingeborg Ingo Ingrid
Irmgard Isabell Jan Jana Janina Jannik Jens Joachim Jochen Johann Johanna Johannes Jonas Jörg Josef Judith Julius
Jürgen Jutta Kai Karin Karla Karl Karola Karsten Kaspar Katharina Kathrin Katja Katrin Kerstin Kirsten Klara Klaus
Konrad Konstantin Kristina Kurt Larissa Lars Lasse Lea Lena Leni Lennart Leonie Lieselotte Lina Lothar Luca Ludwig
Luisa Lukas Lutz Magdalena Maik Maja Malte Manfred Manuel Manuela Marcel Marco Marek Mareike Margarete Margit Margot
Marianne Marina Mario Marita Markus Marlene Marlies Marta Marten Marvin Mathias Mathilda Matthias Maximilian Meike
Melina Merle Michaela Miriam Mirko Monika Moritz Nadine Nadja Nele Nicolas Niklas Nils Nina Norbert Olaf Ole Oskar
Ottmar Otto Pascal Peggy Petra Philipp Pia Rainer Ralf Ramona Raphael Regina Reinhard Reinhold Renate René Ricarda
Roland Rolf Roman Ronja Rosemarie Rudi Rudolf Rüdiger Sabine Sabrina Sandra Sascha Saskia Sebastian Selina Siegfried
Sigrid Silke Silvia Simone Sina Sofie Sonja Stefan Stefanie Steffen Steffi Susanne Svea Sven Svenja Swantje Sybille
Tanja Thea Theresia Thilo Thorben Thorsten Till Tilo Timo Tobias Torben Torsten Traudl Udo Ulf Ulrich Ulrike Ursula Uta
Ute Uwe Valentin Verena Viktor Viktoria Volker Volkmar Walburga Waltraud Werner Wiebke Wilfried Wilhelm Wilma Winfried
Wolfgang Wolfram Yannick Yvonne
"""
_ROMANCE = """
Adèle Adeline Adrien Agathe Agnès Aimée Alain Albane Alix Amandine Amélie Anaïs André Andrée Angélique Anouk Antoine
Ariane Armand Arnaud Aurélie Aurélien Axelle Baptiste Bastien Benoît Bérénice Bernadette Blandine Brice Bruno Camille
Capucine Carole Cécile Céline Cédric Chantal Clémence Clément Clotilde Colette Coralie Corentin Corinne Cyril Damien
Delphine Denis Didier Dominique Édith Edouard Édouard Éléonore Élise Élodie Emmanuel Émile Émilie Estelle Étienne
Eugénie Eulalie Evelyne Fabien Fabienne Fabrice Fanny Ferréol Flavie Florent François Françoise Frédéric Frédérique
Gaël Gaëlle Gaëtan Gaspard Gauthier Geneviève Geoffroy Georges Gérald Gérard Ghislaine Gilbert Gilles Grégoire
Grégory Guillaume Guy Gwenaëlle Hélène Henri Hervé Honorine Hortense Inès Isabelle Jacques Jeanne Jérémie Jérémy Jérôme
Joël Joëlle Jocelyne Josette Josiane Judith Jules Julien Juliette Justine Karine Laetitia Laurent Laurence Léa Léo
Léon Liliane Loïc Lola Louane Luc Lucie Lucien Lucienne Ludivine Ludovic Madeleine Maël Maëlle Magali Manon Marc
Marcelle Margaux Margot Marguerite Marine Maryse Mathieu Mathilde Maud Maxence Maxime Mélanie Mélissa Michel Mireille
Monique Morgane Muriel Myriam Nadège Nadia Nathalie Nicolas Noémie Océane Odette Odile Olivier Pascale Paulette
Perrine Philippe Pierre Quentin Raphaël Raoul Régine Régis Rémi Rémy Renaud Robert Roland Romain Romane Roselyne
Sabine Sébastien Séverine Simone Solange Solène Sophie Stéphane Stéphanie Suzanne Sylvain Sylvie Tatiana Théo Thérèse
Thibault Thibaut Thierry Tristan Valentine Valérie Victoire Violaine Virginie Viviane Xavier Yann Yannick Yolande
Yves Yvette Zoé
Adriana Agustín Ainhoa Alberto Alejandra Alejandro Alfonso Alfredo Álvaro Amparo Ana Andrés Ángel Ángela Ángeles
Antonio Araceli Arturo Asunción Aurelio Beatriz Begoña Belén Benito Bernardo Blas Borja Carlos Carlota Carolina
Catalina César Cecilio Clemente Concepción Conchita Cristian Cristina Cristóbal Daniela Dario Darío Diego Domingo
Eduardo Elisa Eloísa Emilia Emilio Enrique Ernesto Esperanza Esteban Estefanía Eugenia Eugenio Eusebio Fabiola Federico
Felipe Félix Fermín Fernanda Fernando Francisca Francisco Gabriela Gerardo Germán Gonzalo Graciela Gregorio Guadalupe
Guillermo Gustavo Héctor Hernán Hilario Horacio Ignacio Iker Inés Inmaculada Irene Isidro Ismael Itziar Iván Jacinto
Jaime Javier Jesús Jimena Joaquín Jordi Jorge José Josefa Josefina Juana Juanita Julieta Julio Karina Laia Leandro
Leonardo Leonor Leticia Lidia Lorena Lorenzo Lourdes Lucía Luciano Luis Luisa Macarena Magdalena Manuela Marcela
Marcelo Marcos Margarita María Mariana Mariano Maribel Marisa Marisol Martín Martina Mateo Matías Mauricio Mercedes
Miguel Milagros Minerva Miriam Mónica Montserrat Natalia Nayara Nerea Nicolás Noelia Nuria Octavio Olga Óscar Pablo
Paco Paloma Pascual Patricio Paula Pedro Pepe Pilar Rafael Ramiro Ramón Raquel Raúl Rebeca Ricardo Roberto Rocío
Rodolfo Rodrigo Rogelio Rosario Rosalía Rubén Salvador Santiago Saúl Sergio Silvia Sofía Soledad Sonia Susana Teodoro
Tomás Trinidad Valentina Valeria Vicente Víctor Violeta Virgilio Ximena Yolanda
Adelino Afonso Alexandre Aline Amadeu Anabela Antônio António Armando Artur Augusto Bárbara Beatriz Benedita Bianca
Breno Bruna Caio Camila Cátia Célia Cíntia Cláudia Cláudio Conceição Davi Débora Dinis Diogo Duarte Edson Elisabete
Elsa Everton Fábio Fátima Fernão Filipa Filipe Flávia Flávio Francisca Gil Gilberto Giovana Glória Guilherme Gustavo
Helder Hélder Helena Henrique Heitor Humberto Iara Igor Ilda Inácio Ivone Jacinta Joana João Joaquim Jorge Josué Júlia
Juliana Júlio Larissa Leonel Letícia Lígia Luana Luciana Lúcia Luís Luísa Luiz Luiza Lurdes Mafalda Manoel Márcia
Márcio Marcela Mariana Marília Mário Marisa Marta Matheus Maurício Miguel Murilo Natália Nelson Nuno Octávia Olívia
Otávio Patrícia Paulo Pedro Rafaela Raimundo Raquel Regiane Renata Renato Rita Rodrigo Rogério Rosana Rui Sandro Sara
Sérgio Simão Sílvia Sílvio Solange Sônia Susana Tatiane Telmo Teodora Teresa Thaís Thiago Tiago Tomé Valdir Vânia
Vasco Vera Vinícius Vítor Vitória Wagner Wanderley Wilson Yara
Achille Agnese Agostino Alberta Aldo Alessandra Alessandro Alessia Alessio Alfonso Alice Ambra Amedeo Angelo Anita
Annalisa Antonella Antonietta Antonio Arianna Arturo Assunta Aurora Beatrice Benedetta Bianca Brunella Bruno Camilla
Carlo Carmelo Carmine Cataldo Caterina Cesare Chiara Cinzia Ciro Claudio Concetta Corrado Cosimo Cristiano Dario Davide
Debora Diego Domenico Donatella Edoardo Elena Eleonora Elisa Elisabetta Emanuele Emanuela Emiliano Enrica Enrico Enzo
Ermanno Ester Ettore Eugenio Fabio Fabrizio Fausto Federica Federico Ferdinando Filippo Fiorella Flavia Franca
Francesca Francesco Franco Gabriella Gaetano Gennaro Giacomo Giada Gian Gianfranco Gianluca Gianna Gianni Giorgia
Giorgio Giovanna Giovanni Giulia Giuliana Giuliano Giulio Giuseppe Giuseppina Grazia Graziella Ilaria Immacolata Ivana
Jacopo Laura Lavinia Leonardo Letizia Lia Lidia Livia Loredana Lorella Lorenza Lorenzo Luca Lucia Luciano Lucrezia
Luigi Luigia Luisa Maddalena Manuela Manuele Mara Marcella Marcello Marco Margherita Mariangela Marianna Marina
Marinella Mario Marisa Marta Martina Massimiliano Massimo Matilde Matteo Mattia Maura Maurizio Mauro Michela Michele
Milena Mirella Monica Nadia Nicola Nicoletta Nicolò Noemi Nunzia Orietta Orlando Ornella Paola Paolo Pasquale Patrizia
Piera Pierluigi Piero Pietro Pina Raffaele Raffaella Renata Renato Riccardo Rita Roberta Roberto Rocco Romina Rosa
Rosalba Rosanna Rossana Rossella Ruggero Sabina Salvatore Samuele Sandro Serena Sergio Silvana Silvia Silvio Simona
Simone Sofia Sonia Stefania Stefano Susanna Teresa Tiziana Tiziano Tommaso Ugo Umberto Valentina Valerio Vincenza
Vincenzo Vittoria Vittorio Viviana
"""
_NORTH_AND_EAST = """
Aafke Aart Adriaan Anneke Annelies Annemarie Anouk Arjan Arjen Arno Bart Bas Bauke Berend Bob Boudewijn Bram Carlijn
Casper Cees Coen Corrie Daan Dick Diederik Dirk Douwe Eline Els Erwin Esmée Eveline Ewout Femke Fenna Fleur Floor
Floris Frans Freek Frederik Geert Gerard Gerrit Gijs Gijsbert Guus Hanneke Harm Heleen Henk Hilde Huub Ilse Ineke
Ingeborg Jaap Jacco Jacob Jan Janneke Jannie Jasper Jelle Jeroen Jet Jitske Joep Johan Joke Joost Joris Jorrit Josine
Jurre Karel Karin Kees Klaas Koen Lambert Lars Lieke Lies Lonneke Loes Lotte Maaike Maarten Maartje Machteld Madelief
Marga Margriet Marieke Marije Marijke Marit Marjolein Marleen Martijn Maurits Meike Menno Merel Michiel Mieke Miep Niek
Nienke Niels Noor Olga Paulien Peter Pien Piet Pieter Quinten Reinier Remco Renske Rianne Rick Rik Rob Roel Roelof
Roos Rosalie Ruben Rutger Ruud Sander Sanne Saskia Sjoerd Sjors Stan Stijn Suzan Sven Taco Teun Theun Thijs Tijn Tim
Tineke Tjeerd Ton Truus Twan Valentijn Vera Wessel Wiebe Wieger Willem Willemijn Wim Wouter Yara Zwaantje
Agnieszka Aleksander Aleksandra Andrzej Aneta Barbara Bartosz Beata Bogdan Bogusław Cezary Czesław Danuta Dariusz
Dawid Dorota Edyta Elżbieta Ewa Ewelina Filip Grażyna Grzegorz Halina Hanna Henryk Ilona Irena Iwona Izabela Jacek
Jadwiga Jakub Janina Janusz Jarosław Jerzy Joanna Jolanta Julita Justyna Kacper Kamil Karol Karolina Katarzyna Kazimierz
Kinga Krystyna Krzysztof Leszek Łukasz Maciej Magda Małgorzata Marcin Marek Mariola Mariusz Mateusz Michał Mikołaj
Mirosław Monika Paulina Paweł Piotr Przemysław Radosław Rafał Renata Robert Ryszard Sławomir Stanisław Szymon Tadeusz
Teresa Tomasz Urszula Waldemar Wanda Weronika Wiesława Wiktor Wioletta Witold Wojciech Zbigniew Zdzisław Zofia Zuzanna
Aleksei Aleksey Alexei Anastasia Andrei Andrey Arkady Artem Bogdana Boris Bohdan Danylo Darya Denys Dmitri Dmitry Dmytro
Ekaterina Evgeni Evgeny Fyodor Galina Gennady Grigory Igor Ilya Irina Ivanka Katya Kirill Kostya Ksenia Larisa Leonid
Lyudmila Maksim Mariya Mikhail Mykola Nadezhda Natalya Nikita Nikolai Oksana Oleg Oleksandr Oleksii Olena Pavel Polina
Roman Ruslan Sergei Sergey Serhiy Svetlana Svitlana Taras Tatyana Vadim Vasily Viktoriya Vitaly Vladimir Volodymyr Yana
Yaroslav Yegor Yulia Yuri Yuriy Zoya
Anders Annika Arvid Åke Åsa Birgitta Bjarne Bjørn Elin Elsa Emil Erik Fredrik Gunnar Gunilla Gustaf Haakon Håkan Hanne
Hans Heidi Henrik Ida Inger Ingvar Jens Jesper Jørgen Kari Kirsten Kjell Kristian Lasse Leif Linnea Magnus Maja Malin
Mette Mikkel Morten Nils Ola Olof Oskar Pernille Pontus Rasmus Rikke Signe Sigrid Siv Solveig Søren Stig Sven Svein
Thor Tone Tor Torbjørn Tove Trine Ulla Viggo Vibeke
Adnan Ahmed Ahmet Aicha Aisha Akira Akiko Ali Aliyah Amal Amina Amir Amit Amrita Ananya Anil Anjali Ankit Arjun Asha
Ashok Asif Ayesha Aylin Ayşe Aziz Bilal Burak Can Canan Cem Chandra Chen Chidi Chinedu Deepa Deepak Deniz Devi Dinesh
Divya Ebru Ece Ehsan Elif Emeka Emine Emre Farah Farid Fatemeh Fatima Fatma Ferhat Ganesh Gita Gökhan Habib Hadiya
Hakan Hamid Hamza Hana Haruka Haruki Haruto Hasan Hassan Hatice Hiroshi Hüseyin Hussein Ibrahim Imran Indira Ines Isha
Ismail Jamal Jamila Jin Kamal Kareem Karim Kavita Kaveh Kemal Kenji Kenta Khadija Khaled Khalid Kiran Krishna Kumar
Kwame Lakshmi Lamia Latifa Layla Leila Leyla Mahmoud Manish Mansour Mariam Maryam Mehdi Mehmet Mei Meera Merve Mina
Ming Mohamed Mohammad Mohammed Mostafa Muhammad Murat Mustafa Nabil Nadim Naoki Neha Ngozi Nguyen Nikhil Noor Noura
Nurul Omar Omid Onur Osman Özge Parisa Pooja Prakash Pranav Priya Rahul Raj Rajesh Rakesh Ramesh Rania Rashid Ravi
Reza Rohan Rohit Sachin Saeed Safiya Said Sakura Salim Salma Samir Samira Sana Sandeep Sanjay Satoshi Selim Serkan
Shanti Shilpa Shreya Siddharth Sinan Sita Sunil Sunita Suresh Swati Takashi Takumi Tariq Tatsuya Thanh Tuan Umar Usha
Vijay Vikram Vinod Wei Xiao Yasemin Yasin Yasmin Yasmine Yosef Yousef Youssef Yuki Yumi Yusuf Zahra Zainab Zeynep Ziad
Li-Wei Xin Ying Yuto Jun Ren Sora Hikari
"""
# Months, places, products, titles and words of a reply that are names only beside a surname.
_AMBIGUOUS = """
April August Can Dawn Dean Hope Jet Jordan Jun Kiran Mercedes Ming Noor Page Said Sol Ton Tone Trinidad Virginia
Esperanza Concepción Conceição Glória Milagros Rosario Salvador Santiago Soledad Asunción Ángel Ángeles Till Ren Sora
Wei Mei Franca Grazia Aurora Els Stan Floor Fleur Roos Merle Gil Mar Lee Lia Les Pilar Mina Rob Sana Max Ambra Domingo
Mason Logan Morgan Dominique Crystal Daisy Alexis Victoire Georgia Chelsea Madeleine Christian Sue Ida
"""
GIVEN_NAMES = frozenset(f"{_WESTERN} {_GERMAN} {_ROMANCE} {_NORTH_AND_EAST}".split()) - frozenset(_AMBIGUOUS.split())
